package nn

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sbinet/npyio/npz"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// TestLayersAsPyTorch repeats what PyTorch computed in testdata/layers.py: outputs in training and
// in evaluation, gradients of Σ r∘y, and gradients of the squared norm of that gradient by the
// input, as a gradient penalty has them.
func TestLayersAsPyTorch(t *testing.T) {
	r, err := npz.Open(filepath.Join("testdata", "layers.npz"))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	number := 0
	for ; r.Header(fmt.Sprintf("%d.x.npy", number)) != nil; number++ {
		g := golden{t, r, fmt.Sprintf("%d.", number)}
		var text string
		if err := r.Read(g.prefix+"layers.npy", &text); err != nil {
			t.Fatal(err)
		}
		var layers []string
		if err := json.Unmarshal([]byte(strings.ReplaceAll(text, "\x00", "")), &layers); err != nil {
			t.Fatal(err)
		}
		t.Run(strings.Join(layers, ", "), func(t *testing.T) { g.t = t; g.check(layers) })
	}
	if number < 19 {
		t.Errorf("only %d cases in the file", number)
	}
}

// golden is one case of the file.
type golden struct {
	t      *testing.T
	r      *npz.Reader
	prefix string
}

func (g golden) read(name string) *tensor.Tensor {
	g.t.Helper()
	h := g.r.Header(g.prefix + name + ".npy")
	if h == nil {
		g.t.Fatalf("no array %s%s", g.prefix, name)
	}
	x := tensor.New(h.Descr.Shape...)
	if err := g.r.Read(g.prefix+name+".npy", &x.Data); err != nil {
		g.t.Fatalf("%s%s: %v", g.prefix, name, err)
	}
	return x
}

func (g golden) check(layers []string) {
	x := g.read("x")
	n, err := New(layers, x.Shape[1:])
	if err != nil {
		g.t.Fatal(err)
	}
	for _, p := range slices.Concat(n.Params, n.Buffers) {
		want := g.read("before." + p.Name)
		if !slices.Equal(want.Shape, p.TorchShape()) {
			g.t.Fatalf("%s has shape %v, want %v", p.Name, p.TorchShape(), want.Shape)
		}
		p.SetTorch(want.Data)
	}
	tape := grad.NewTape()
	b := n.Bind(tape, true, nil)
	in := tape.Param(x)
	y := b.Forward(in, Train)
	if !slices.Equal(y.Shape(), g.read("y").Shape) {
		g.t.Fatalf("result of shape %v, want %v", y.Shape(), g.read("y").Shape)
	}
	g.near("y", y.Data)
	for _, p := range n.Buffers {
		g.near("after."+p.Name, p.Torch())
	}
	g.near("eval", b.Forward(in, Eval).Data)
	every := append([]*grad.Value{in}, b.Values...)
	first := grad.Grad(grad.Sum(grad.Mul(y, tape.Const(g.read("r")))), every...)
	g.gradients("first.", n, first)
	if first[0] != nil {
		g.gradients("second.", n, grad.Grad(grad.Sum(grad.Square(first[0])), every...))
	}
}

// gradients compares the gradients by the input and by the parameters.
func (g golden) gradients(order string, n *Net, grads []*grad.Value) {
	for i, d := range grads {
		if i == 0 {
			if d != nil {
				g.near(order+"x", d.Data)
			}
			continue
		}
		p := *n.Params[i-1]
		p.Value = tensor.New(p.Value.Shape...)
		if d != nil {
			copy(p.Value.Data, d.Data)
		}
		g.near(order+p.Name, p.Torch())
	}
}

// near compares with an array of the file to 1e-4 of its largest value: the file was computed in
// float64.
func (g golden) near(name string, got []float32) {
	g.t.Helper()
	want := g.read(name).Data
	if len(got) != len(want) {
		g.t.Fatalf("%s has %d values, want %d", name, len(got), len(want))
	}
	largest := 1e-2
	for _, v := range want {
		largest = math.Max(largest, math.Abs(float64(v)))
	}
	for i, v := range got {
		if !(math.Abs(float64(v-want[i])) <= 1e-4*largest) {
			g.t.Fatalf("%s: value %d is %g, want %g (of at most %g)", name, i, v, want[i], largest)
		}
	}
}
