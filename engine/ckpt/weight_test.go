package ckpt

import (
	"os"
	"reflect"
	"testing"
)

// A project weighs what its file has, and its parts what was put into them.
func TestWeight(t *testing.T) {
	f := newFile(t)
	if w, err := f.Weight(); err != nil || len(w.Runs) != 0 || w.Rest != w.Bytes {
		t.Errorf("an empty project: %+v, %v", w, err)
	}
	one, two := newRun(t, f), newRun(t, f)
	rows := []MetricRow{{1, []float32{1, 2}}, {2, []float32{3, 4}}}
	save := func(s Save) {
		t.Helper()
		if err := f.Save(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetMetricNames(one, []string{"a", "b"}); err != nil {
		t.Fatal(err)
	}
	save(Save{
		Run: one, Step: 10, Kind: "pause", State: player(10), Core: 1, Metrics: rows, Sheets: []Sheet{{10, make([]byte, 900)}},
		Events: []Event{{10, "set", "α"}, {10, "checkup", "12345"}, {10, "checkup", "678"}},
	})
	save(Save{Run: two, Step: 10, Kind: "pause", State: player(10), Core: 1})
	save(Save{Run: two, Step: 20, Kind: "pause", State: player(20), Core: 1, Full: -1})
	if err := f.PutJudgement(one, Judgement{Step: 10, Key: "k", Text: "text"}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.PutLatent(Latent{Run: one, Z: []float32{1, 2}, Thumb: []byte{1, 2, 3}}); err != nil {
		t.Fatal(err)
	}
	w, err := f.Weight()
	if err != nil {
		t.Fatal(err)
	}
	full, thin := int64(len(encode(t, player(10)))), int64(len(encode(t, core(10))))
	want := map[int64]RunWeight{
		one: {Checkpoints: full, Metrics: int64(len(packRows(rows))), Sheets: 900, Judgements: 4, Finds: 8 + 3, Events: map[string]int64{"set": 2, "checkup": 8}},
		two: {Checkpoints: full + thin, Events: map[string]int64{}},
	}
	if !reflect.DeepEqual(w.Runs, want) {
		t.Errorf("runs weigh %+v, want %+v", w.Runs, want)
	}
	info, err := os.Stat(f.Path())
	if err != nil || w.Bytes != info.Size() {
		t.Errorf("%d bytes of %d, error %v", w.Bytes, info.Size(), err)
	}
	sum := w.Free + w.Rest
	for _, run := range w.Runs {
		sum += run.Bytes()
	}
	if sum != w.Bytes || w.Rest <= 0 {
		t.Errorf("%+v: the parts have %d bytes", w, sum)
	}
}
