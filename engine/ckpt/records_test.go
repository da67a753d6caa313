package ckpt

import (
	"errors"
	"math"
	"os"
	"reflect"
	"testing"
	"time"
)

func TestMetrics(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	if err := f.SetMetricNames(run, []string{"loss_g", "loss_d"}); err != nil {
		t.Fatal(err)
	}
	rows := func(from, to, stride int64, salt float32) (rows []MetricRow) {
		for s := from; s <= to; s += stride {
			rows = append(rows, MetricRow{s, []float32{float32(s), salt}})
		}
		return rows
	}
	save := func(r []MetricRow) error { return f.Save(Save{Run: run, Step: r[len(r)-1].Step, Metrics: r}) }
	for _, r := range [][]MetricRow{rows(1, 10, 1, 1), rows(11, 300, 7, 2), rows(1000, 1000, 1, 3), rows(8, 12, 2, 4)} {
		if err := save(r); err != nil {
			t.Fatal(err)
		}
	}
	want := append(rows(1, 7, 1, 1), rows(8, 12, 2, 4)...) // the run went back to 7 in the last save
	got, err := f.Metrics(run, 0)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v, error %v", got, want, err)
	}
	if got, err := f.Metrics(run, 6); err != nil || !reflect.DeepEqual(got, want[5:]) {
		t.Errorf("from 6: got %v, want %v, error %v", got, want[5:], err)
	}
	if got, err := f.Metrics(run, 13); err != nil || len(got) != 0 {
		t.Errorf("from 13: got %v, error %v", got, err)
	}
	for name, bad := range map[string][]MetricRow{
		"width": {{20, []float32{1}}}, "order": {{20, []float32{1, 2}}, {20, []float32{1, 2}}},
	} {
		if err := save(bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}

	// A new name is added to a run: older rows have no value for it.
	if err := f.SetMetricNames(run, []string{"loss_d", "loss_g"}); err == nil {
		t.Error("renamed saved metrics: no error")
	}
	if err := f.SetMetricNames(run, []string{"loss_g", "loss_d", "fid"}); err != nil {
		t.Fatal(err)
	}
	if err := save([]MetricRow{{13, []float32{1, 2, 3}}}); err != nil {
		t.Fatal(err)
	}
	got, err = f.Metrics(run, 12)
	if err != nil || len(got) != 2 || got[0].Values[0] != 12 || !math.IsNaN(float64(got[0].Values[2])) || got[1].Values[2] != 3 {
		t.Errorf("with a new name: %v, error %v", got, err)
	}
	if names, err := f.MetricNames(run); err != nil || !reflect.DeepEqual(names, []string{"loss_g", "loss_d", "fid"}) {
		t.Errorf("names %v, error %v", names, err)
	}
}

// 200,000 rows of ten values stay near their net size of 8 MB and come back whole.
func TestManyMetrics(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	const n, width, block = 200_000, 10, 1000
	for first := int64(1); first <= n; first += block {
		rows := make([]MetricRow, block)
		for i := range rows {
			rows[i] = MetricRow{first + int64(i), make([]float32, width)}
			rows[i].Values[width-1] = float32(rows[i].Step)
		}
		if err := f.Save(Save{Run: run, Step: first + block - 1, Metrics: rows}); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := f.Metrics(run, 0)
	if err != nil || len(rows) != n {
		t.Fatalf("%d rows, want %d, error %v", len(rows), n, err)
	}
	for i, r := range rows {
		if r.Step != int64(i+1) || len(r.Values) != width || r.Values[width-1] != float32(r.Step) {
			t.Fatalf("row %d is %v", i, r)
		}
	}
	info, err := os.Stat(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	if limit := int64(n * (1 + 4*width) * 11 / 10); info.Size() > limit {
		t.Errorf("the file has %d bytes, want %d at most", info.Size(), limit)
	}
}

func TestEventsAndSheets(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	err := f.Save(Save{
		Run: run, Step: 30,
		Events: []Event{{30, "set", "g.lr = 1e-4"}, {20, "note", ""}},
		Sheets: []Sheet{{30, []byte("thirty")}, {10, []byte("ten")}},
	})
	if err == nil {
		err = f.Save(Save{Run: run, Step: 30, Events: []Event{{20, "set", "b"}}, Sheets: []Sheet{{30, []byte("again")}}})
	}
	if err != nil {
		t.Fatal(err)
	}
	events, err := f.Events(run)
	if want := []Event{{20, "note", ""}, {20, "set", "b"}, {30, "set", "g.lr = 1e-4"}}; !reflect.DeepEqual(events, want) || err != nil {
		t.Errorf("events %v, want %v, error %v", events, want, err)
	}
	sheets, err := f.Sheets(run)
	want := []Sheet{{10, []byte("ten")}, {30, []byte("again")}}
	if !reflect.DeepEqual(sheets, want) || err != nil {
		t.Errorf("sheets %v, want %v, error %v", sheets, want, err)
	}
	if steps, err := f.SheetSteps(run); !reflect.DeepEqual(steps, []int64{10, 30}) || err != nil {
		t.Errorf("steps %v, error %v", steps, err)
	}
	for _, c := range []struct{ at, want int64 }{{10, 10}, {29, 10}, {30, 30}, {31, 30}} {
		if sheet, err := f.SheetAt(run, c.at); err != nil || sheet.Step != c.want {
			t.Errorf("sheet at %d is that of %d, want %d, error %v", c.at, sheet.Step, c.want, err)
		}
	}
	if _, err := f.SheetAt(run, 9); err == nil {
		t.Error("sheet before the first: no error")
	}
}

func TestLatentsAndMeta(t *testing.T) {
	f := newFile(t)
	made := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	a := Latent{Name: "a", Run: 1, Step: 2, Z: []float32{1, -0.5, math.MaxFloat32}, Thumb: []byte("png"), Class: 3, Part: 1, Created: made}
	b := Latent{Name: "b", Z: []float32{}, Class: -1, Part: -1, Points: [][2]float32{{1, -2}, {0.5, 3}}, Created: made}
	for _, l := range []*Latent{&a, &b} {
		id, err := f.PutLatent(*l)
		if err != nil {
			t.Fatal(err)
		}
		l.ID = id
	}
	a.Name = "renamed"
	if id, err := f.PutLatent(a); err != nil || id != a.ID {
		t.Errorf("put again: %d, %v", id, err)
	}
	if got, err := f.Latents(); err != nil || !reflect.DeepEqual(got, []Latent{a, b}) {
		t.Errorf("got %+v, want %+v, error %v", got, []Latent{a, b}, err)
	}
	if _, err := f.PutLatent(Latent{ID: 99}); err == nil {
		t.Error("replace what is not there: no error")
	}
	if err := errors.Join(f.DeleteLatent(a.ID), f.DeleteLatent(a.ID)); err != nil {
		t.Error(err)
	}
	if got, err := f.Latents(); err != nil || !reflect.DeepEqual(got, []Latent{b}) {
		t.Errorf("got %+v, want %+v, error %v", got, []Latent{b}, err)
	}
	for _, value := range []string{"", "one", "two", ""} {
		if err := f.SetMeta("key", value); err != nil {
			t.Error(err)
		}
		if got, err := f.Meta("key"); err != nil || got != value {
			t.Errorf("meta %q, want %q, error %v", got, value, err)
		}
	}
}
