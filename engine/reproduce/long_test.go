package reproduce

import (
	"context"
	"flag"
	"testing"
)

var long = flag.Bool("long", false, "run the tests that take minutes")

// TestAllLabels: a semi-supervised game that is told all labels classifies as well as a classifier:
// 98.5 % of the test digits. (make long)
func TestAllLabels(t *testing.T) {
	if !*long {
		t.Skip("it takes minutes: make long")
	}
	table := labels()
	table.Methods = []Method{{Name: "all labels", Preset: "digits-100-labels", Settings: []string{"labelled=0", "steps=3000"}}}
	r, err := Run(context.Background(), table, Options{Seeds: 1})
	if err != nil {
		t.Fatal(err)
	}
	const most = 150 // of 10,000
	wrong := r.Rows[0].Runs[0][0]
	t.Logf("%.0f of 10,000 wrong after %.0f s", wrong, r.Rows[0].Seconds)
	if wrong > most {
		t.Errorf("%.0f of 10,000 test digits named wrongly, want at most %d", wrong, most)
	}
}
