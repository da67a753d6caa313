package bench

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ganvas/engine/tensor"
)

// TestParameters compares every network with the number of parameters that its definition has,
// biases included.
func TestParameters(t *testing.T) {
	dense := func(sizes ...int) int {
		n := 0
		for i, in := range sizes[:len(sizes)-1] {
			n += (in + 1) * sizes[i+1]
		}
		return n
	}
	conv := func(in, out int) int { return in*out*16 + out }
	norm := func(channels ...int) int {
		n := 0
		for _, c := range channels {
			n += 2 * c
		}
		return n
	}
	tests := []struct {
		name   string
		g, d   int
		inSize int
	}{
		{"toy", dense(2, 64, 64, 2), dense(2, 64, 64, 1), 2},
		{"mlp", dense(100, 256, 512, 784), dense(784, 512, 256, 1), 784},
		{
			"dcgan28",
			dense(100, 7*7*128) + norm(128, 64) + conv(128, 64) + conv(64, 1),
			conv(1, 64) + conv(64, 128) + norm(128) + dense(128*49, 1), 784,
		},
		{
			"r1",
			dense(100, 7*7*128) + conv(128, 64) + conv(64, 1),
			conv(1, 64) + conv(64, 128) + dense(128*49, 1), 784,
		},
		{
			"dcgan64",
			conv(100, 512) + conv(512, 256) + conv(256, 128) + conv(128, 64) + conv(64, 3) + norm(512, 256, 128, 64),
			conv(3, 64) + conv(64, 128) + conv(128, 256) + conv(256, 512) + conv(512, 1) + norm(128, 256, 512), 64 * 64 * 3,
		},
	}
	for _, test := range tests {
		tr, err := games(test.name).trainer(test.name)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := tr.G.CountParams(); got != test.g {
			t.Errorf("%s: generator has %d parameters, want %d", test.name, got, test.g)
		}
		if got := tr.D.CountParams(); got != test.d {
			t.Errorf("%s: discriminator has %d parameters, want %d", test.name, got, test.d)
		}
		if got := tr.D.In.Size(); got != test.inSize || tr.G.Out.Size() != test.inSize {
			t.Errorf("%s: items of %d from the generator and %d into the discriminator, want %d", test.name, tr.G.Out.Size(), got, test.inSize)
		}
		if got := tr.D.Out.Size(); got != 1 {
			t.Errorf("%s: the discriminator gives %d numbers, want 1", test.name, got)
		}
	}
}

func TestRun(t *testing.T) {
	for _, name := range []string{"toy", "sample1"} {
		var got []Result
		if err := Run(t.Context(), name, time.Millisecond, func(r Result) { got = append(got, r) }); err != nil {
			t.Fatal(err)
		}
		if len(got) != 1 {
			t.Fatalf("%s: %d lines, want 1", name, len(got))
		}
		r := got[0]
		if r.Name != name || r.Program != "ganvas" || r.Threads != tensor.Threads() {
			t.Errorf("%s: got %+v", name, r)
		}
		if r.MS <= 0 || r.MinMS <= 0 || r.MinMS > r.MS || r.MS > r.P99MS {
			t.Errorf("%s: times %v ≤ %v ≤ %v expected, all positive", name, r.MinMS, r.MS, r.P99MS)
		}
		if r.RSSMB < 1 {
			t.Errorf("%s: a process of %d MiB", name, r.RSSMB)
		}
	}
}

func TestGemm(t *testing.T) {
	var names []string
	err := Run(t.Context(), "gemm", time.Nanosecond, func(r Result) {
		names = append(names, r.Name)
		if r.GFLOPS <= 0 || r.MS != 0 {
			t.Errorf("%s: got %v GFLOPS and %v ms, want a speed only", r.Name, r.GFLOPS, r.MS)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "gemm 256x256x256,gemm 512x512x512,gemm 1024x1024x1024,gemm 2048x2048x2048,gemm 8192x128x2048,gemm 128x512x784"
	if got := strings.Join(names, ","); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestRunErrors(t *testing.T) {
	emit := func(Result) {}
	err := Run(t.Context(), "dcgan29", time.Second, emit)
	if err == nil || !strings.Contains(err.Error(), "dcgan28") {
		t.Errorf("an unknown workload gives %v, want the known ones", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Run(ctx, "toy", time.Hour, emit); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled run gives %v, want %v", err, context.Canceled)
	}
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		sorted []float64
		want   float64
	}{
		{[]float64{3}, 3},
		{[]float64{1, 2, 9}, 2},
		{[]float64{1, 2, 4, 9}, 3},
	} {
		if got := median(test.sorted); got != test.want {
			t.Errorf("median of %v is %v, want %v", test.sorted, got, test.want)
		}
	}
}

// TestProfile checks that the operations of a step add up to its time, and that products say how
// fast they are.
func TestProfile(t *testing.T) {
	for _, name := range []string{"toy", "sample1"} {
		p, err := RunProfile(t.Context(), name, time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		if p.Name != name || p.Threads != tensor.Threads() || p.ISA != tensor.ISA() || p.Steps < 3 || p.MS <= 0 {
			t.Errorf("%s: got %+v", name, p)
		}
		share, product := 0.0, false
		for _, o := range p.Operations {
			share += o.Share
			product = product || o.GFLOPS > 0 && o.Shape != ""
		}
		if share < 0.5 || share > 1.001 {
			t.Errorf("%s: the operations are %.3f of a step", name, share)
		}
		if !product {
			t.Errorf("%s: no product tells how fast it is", name)
		}
	}
	if _, err := RunProfile(t.Context(), "gemm", time.Second); err == nil {
		t.Error("the parts of one product can be measured")
	}
	if _, err := RunProfile(t.Context(), "dcgan29", time.Second); err == nil || !strings.Contains(err.Error(), "dcgan28") {
		t.Errorf("an unknown workload gives %v, want the known ones", err)
	}
}
