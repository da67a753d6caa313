package judge

import (
	"math"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/metrics"
)

func TestKeep(t *testing.T) {
	want := []metrics.Measure{
		{Name: "modes", Value: 8, StdErr: math.NaN(), Samples: 500, Perfect: 8, HigherIsBetter: true},
		{Name: "js", Value: 0.1, StdErr: 0.01, Samples: 500, Perfect: 0.02},
	}
	text, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(text)
	if err != nil || len(got) != 2 || got[1] != want[1] || !math.IsNaN(got[0].StdErr) || got[0].Name != "modes" || !got[0].HigherIsBetter {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := Decode("{"); err == nil {
		t.Error("damaged text is read")
	}
	const p = datasets.Points
	if Key(p, 500, true) == Key(p, 500, false) || Key(p, 500, true) == Key(p, 1000, true) || Key(p, 500, true) == Key(datasets.Pictures, 500, true) {
		t.Error("judgements that cannot be compared have one key")
	}
}
