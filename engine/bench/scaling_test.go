package bench

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

// TestDCGAN compares the networks of the sweeps with the workload that they grow from.
func TestDCGAN(t *testing.T) {
	want := games("dcgan64")
	if got := dcgan(64, want.batch); !slices.Equal(got.g, want.g) || !slices.Equal(got.d, want.d) {
		t.Errorf("got\n%v\n%v\nwant\n%v\n%v", got.g, got.d, want.g, want.d)
	}
	for _, side := range FullSweep.Pictures {
		tr, err := dcgan(side, 16).trainer("")
		if err != nil {
			t.Fatalf("%d pixels: %v", side, err)
		}
		if out := tr.G.Out; out[0] != side || out[1] != side || tr.D.Out.Size() != 1 {
			t.Errorf("%d pixels: G makes %v, D gives %v", side, out, tr.D.Out)
		}
	}
}

func TestSize(t *testing.T) {
	macs, values, err := dcgan(16, 1).size()
	if err != nil {
		t.Fatal(err)
	}
	// G: 1×1×100 → 4×4×128 → 8×8×64 → 16×16×3; D: 16×16×3 → 8×8×64 → 4×4×128 → 1.
	wantMACs := 16.0 * (100*128 + 16*128*64 + 64*64*3 + 64*64*3 + 16*128*64 + 128)
	// Normalisation and activation give as many values as the layer before them.
	wantValues := 100.0 + 3*2048 + 3*4096 + 2*768 + 2*4096 + 3*2048 + 1 + 1
	if macs != wantMACs || values != wantValues {
		t.Errorf("got %v multiply-adds and %v values, want %v and %v", macs, values, wantMACs, wantValues)
	}
}

func TestFindCliffs(t *testing.T) {
	points := []Point{
		{Batch: 16, MACs: 10, ItemMS: 1.2},
		{Batch: 32, MACs: 10, ItemMS: 1},
		{Batch: 48, MACs: 20, ItemMS: 2.5},
		{Batch: 64, MACs: 10, ItemMS: 1.9},
		{Batch: 96, MACs: 10, LeftOut: "too long"},
		{Batch: 128, MACs: 10, ItemMS: 1},
	}
	findCliffs(points)
	for i, want := range []string{"", "", "", "1.52 times the cost of 0 pixels, batch 48", "", ""} {
		if got := points[i].Cliff; got != want {
			t.Errorf("batch %d: got %q, want %q", points[i].Batch, got, want)
		}
	}
}

func TestTooMuch(t *testing.T) {
	last := cost{macs: 1, values: 1, ms: 100, bytes: 1 << 30}
	for _, test := range []struct {
		macs, values float64
		want         string
	}{
		{2, 2, ""},
		{30, 1, "a step would take about 3.0 s"},
		{2, 3, "it would need about 3.0 GiB"},
	} {
		if got := last.tooMuch(cost{macs: test.macs, values: test.values}, time.Second); got != test.want {
			t.Errorf("%v times the work, %v the values: got %q, want %q", test.macs, test.values, got, test.want)
		}
	}
}

func TestMeasureScaling(t *testing.T) {
	seen := 0
	s, err := MeasureScaling(t.Context(), Sweep{[]int{16}, []int{2, 3}, []int{16}}, time.Nanosecond, func(Point) { seen++ })
	if err != nil {
		t.Fatal(err)
	}
	if seen != 3 || len(s.Batches) != 1 || len(s.Batches[0]) != 2 || len(s.Pictures) != 1 {
		t.Fatalf("%d points seen, got %+v", seen, s)
	}
	if p := s.Batches[0][0]; p.Pixels != 16 || p.Batch != 2 || p.MS <= 0 || p.ItemMS <= 0 || p.MACs <= 0 {
		t.Errorf("got %+v", p)
	}
	// By the time for a point, the second step was too long.
	if p := s.Batches[0][1]; p.Batch != 3 || p.LeftOut == "" {
		t.Errorf("got %+v, want it left out", p)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := MeasureScaling(ctx, FullSweep, time.Second, func(Point) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled sweep gives %v, want %v", err, context.Canceled)
	}
}
