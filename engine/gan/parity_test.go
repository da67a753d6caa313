package gan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sbinet/npyio/npz"

	"ganvas/engine/nn"
	"ganvas/engine/optim"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// spec is the JSON document of a parity file.
type spec struct {
	G, D        [][]any
	Objective   string
	R1, R2      float64
	GP, Clip    float64
	DRAGAN      float64
	Smoothing   float64
	Pack        int
	Augment     string
	Unroll      int
	Matching    float64
	Consistency float64

	// Of testdata/kinds.py.
	Conditional, GMAN          string
	Semi                       bool
	Generators, Discriminators int
	Classes                    int

	Optim struct {
		Name                              string
		LR, Momentum, Beta1, Beta2, Alpha float64
	}
}

// TestParity repeats training runs that PyTorch made, step by step: those in testdata/parity, many
// of them by testdata/stabilisers.py and kinds.py, and those of the folder in PARITY_DIR. Losses
// must agree to 1e-4, relative, and final weights to 1e-3 of their largest.
func TestParity(t *testing.T) {
	dirs := []string{filepath.Join("testdata", "parity")}
	if dir := os.Getenv("PARITY_DIR"); dir != "" {
		dirs = append(dirs, dir)
	}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.npz"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no .npz files in %s: %v", dir, err)
		}
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) { runParity(t, file) })
		}
	}
}

func runParity(t *testing.T, file string) {
	r, err := npz.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var s spec
	if err := json.Unmarshal([]byte(readString(t, r, "spec")), &s); err != nil {
		t.Fatal(err)
	}
	picture := len(shapeOf(t, r, "real.0")) == 4
	trainer := parityTrainer(t, r, s, picture)
	for step := 0; r.Header(fmt.Sprintf("real.%d.npy", step)) != nil; step++ {
		name := func(s string) string { return fmt.Sprintf("%s.%d", s, step) }
		var stats Stats
		trainer.alpha = func(a []float32) { copy(a, readFloats(t, r, name("alpha"))) }
		trainer.delta = func(a []float32) { copy(a, readFloats(t, r, name("delta"))) }
		trainer.changes = func(a *augmentation) { readChanges(t, r, name("changes_d"), a, trainer) }
		real, z := batchOf(t, r, name("real")), batchOf(t, r, name("z"))
		trainer.Batch = real.Shape[0]
		trainer.divide()
		trainer.items, trainer.latents = real.Data, z.Data
		readKind(t, r, name, trainer)
		if err := trainer.stepDiscriminator(&stats, false, true); err != nil {
			t.Fatal(err)
		}
		trainer.changes = func(a *augmentation) { readChanges(t, r, name("changes_g"), a, trainer) }
		if err := trainer.stepGenerator(&stats, true, true); err != nil {
			t.Fatal(err)
		}
		near(t, name("lossD"), stats.LossD, float64(readFloats(t, r, name("lossD"))[0]))
		near(t, name("lossG"), stats.LossG, float64(readFloats(t, r, name("lossG"))[0]))
	}
	if trainer.OptG.Steps < 2 {
		t.Fatalf("only %d steps in the file", trainer.OptG.Steps)
	}
	sameWeights(t, r, "afterG.", trainer.G, trainer.OptG)
	sameWeights(t, r, "afterD.", trainer.D, trainer.OptD)
}

// readChanges reads how pictures are changed: a row for each, of three factors, two shifts and a
// corner, or of what geometry makes of it.
func readChanges(t *testing.T, r *npz.Reader, name string, a *augmentation, tr *Trainer) {
	a.begin(tr.Augment, tr.dInputRows(), tr.G.Out[0], tr.G.Out[1])
	numbers := readFloats(t, r, name)
	if a.geometry {
		copy(a.maps, numbers)
		return
	}
	for i, row := range slices.Collect(slices.Chunk(numbers, 7)) {
		a.brightness[i], a.saturation[i], a.contrast[i] = row[0], row[1], row[2]
		a.down[i], a.right[i], a.top[i], a.left[i] = int(row[3]), int(row[4]), int(row[5]), int(row[6])
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-4*math.Max(math.Abs(want), 1e-2) {
		t.Errorf("%s: got %.7g, want %.7g", what, got, want)
	}
}

func parityTrainer(t *testing.T, r *npz.Reader, s spec, picture bool) *Trainer {
	t.Helper()
	shape := shapeOf(t, r, "real.0")[1:]
	in := nn.Shape{shape[0]}
	if picture {
		in = nn.Shape{shape[1], shape[2], shape[0]}
	}
	k := recipe.Recipe{Conditional: cmp.Or(s.Conditional, "none"), SemiSupervised: s.Semi, Generators: s.Generators}
	roleG, roleD := k.Roles(s.Classes)
	g := parityNet(t, r, s.G, "G.", nn.Shape{shapeOf(t, r, "z.0")[1]}, roleG, s.Generators)
	seen := slices.Clone(in)
	seen[len(seen)-1] *= max(1, s.Pack)
	d := parityNet(t, r, s.D, "D.", seen, roleD, s.Discriminators)
	objective, err := FindObjective(s.Objective)
	if err != nil {
		t.Fatal(err)
	}
	oc := optim.Config{Name: s.Optim.Name, LR: s.Optim.LR, Momentum: s.Optim.Momentum, Beta1: s.Optim.Beta1, Beta2: s.Optim.Beta2}
	if oc.Name == "rmsprop" {
		oc.Beta2 = s.Optim.Alpha
	}
	optG, err := optim.New(oc, g.Params)
	if err != nil {
		t.Fatal(err)
	}
	optD, err := optim.New(oc, d.Params)
	if err != nil {
		t.Fatal(err)
	}
	none := Schedule{Kind: "none"}
	c := Config{
		Objective: objective, R1: s.R1, R2: s.R2, GP: s.GP, DRAGAN: s.DRAGAN, Clip: s.Clip, Smoothing: s.Smoothing, Pack: s.Pack, Augment: s.Augment, Consistency: s.Consistency, Unroll: s.Unroll, Matching: s.Matching,
		Softmax: s.GMAN == "softmax",
		DSteps:  1, PenaltyEvery: 1, ScheduleG: none, ScheduleD: none,
	}
	return NewTrainer(c, g, d, optG, optD, nil, 1)
}

// readKind reads what a step of a game with classes needs besides.
func readKind(t *testing.T, r *npz.Reader, name func(string) string, tr *Trainer) {
	classes := func(s string) (out []int32) {
		for _, x := range readFloats(t, r, name(s)) {
			out = append(out, int32(x))
		}
		return out
	}
	if tr.G.Role().ConcatEmbed {
		tr.condition.classes = classes("labels")
	}
	if tr.D.Role().ClassLogits {
		tr.condition.labelled, tr.condition.labelledClasses = readFloats(t, r, name("known")), classes("known_labels")
	}
}

// parityNet builds the network of a list of PyTorch modules, or several of them, with a role and
// with weights from the file.
func parityNet(t *testing.T, r *npz.Reader, modules [][]any, prefix string, in nn.Shape, role nn.Role, count int) *nn.Net {
	t.Helper()
	var layers []string
	for _, m := range modules {
		layers = append(layers, layerString(m))
	}
	n, err := networks("parity", layers, in, role, max(1, count))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(append([]*nn.Param(nil), n.Params...), n.Buffers...) {
		if got, want := p.TorchShape(), shapeOf(t, r, prefix+p.Name); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s%s has shape %v, want %v", prefix, p.Name, got, want)
		}
		p.SetTorch(readFloats(t, r, prefix+p.Name))
	}
	return n
}

// layerString translates a PyTorch module with its arguments into a layer of a recipe.
func layerString(m []any) string {
	arg := func(i int) int { return int(m[i].(float64)) }
	switch kind := m[0].(string); kind {
	case "linear":
		return fmt.Sprintf("linear %d", arg(2))
	case "conv", "convt":
		return fmt.Sprintf("%s %d %d %d %d", kind, arg(2), arg(3), arg(4), arg(5))
	case "lrelu":
		return fmt.Sprintf("lrelu %g", m[1])
	case "unflatten": // C, H, W there
		return fmt.Sprintf("unflatten %d %d %d", arg(2), arg(3), arg(1))
	case "gn":
		return fmt.Sprintf("gn %d", arg(1))
	case "up":
		return fmt.Sprintf("up %d nearest", arg(1))
	case "upbilinear":
		return fmt.Sprintf("up %d bilinear", arg(1))
	case "avgpool", "maxpool":
		return fmt.Sprintf("%s %d", kind, arg(1))
	default:
		return kind
	}
}

// sameWeights compares parameters and buffers to 1e-3 of each array's largest value.
//
// A bias in front of a normalisation that subtracts each channel's mean has no effect, so its
// gradient is 0 but for rounding. Adam divides that noise by its own size, which makes steps of up
// to the learning rate out of it, in PyTorch as here: such a bias, and the running mean that it
// shifts, are allowed that much besides.
func sameWeights(t *testing.T, r *npz.Reader, prefix string, n *nn.Net, o *optim.Optimizer) {
	t.Helper()
	for _, p := range append(append([]*nn.Param(nil), n.Params...), n.Buffers...) {
		want := readFloats(t, r, prefix+p.Name)
		largest, worst := 0.0, 0.0
		for i, got := range p.Torch() {
			largest = math.Max(largest, math.Abs(float64(want[i])))
			worst = math.Max(worst, math.Abs(float64(got-want[i])))
		}
		bound := 1e-3 * largest
		if o.Name == "adam" && withoutEffect(n, p.Name) {
			bound += 2 * o.LR * float64(o.Steps)
		}
		if !(worst <= bound) {
			t.Errorf("%s%s differs by %g where the largest value is %g", prefix, p.Name, worst, largest)
		}
	}
}

// withoutEffect tells whether name is a bias that the next layer subtracts again, or the running
// mean behind one.
func withoutEffect(n *nn.Net, name string) bool {
	var i int
	var field string
	if _, err := fmt.Sscanf(strings.Replace(name, ".", " ", 1), "%d %s", &i, &field); err != nil {
		return false
	}
	norm := func(i int) bool { return i < len(n.Layers) && (n.Layers[i].Kind == "bn" || n.Layers[i].Kind == "in") }
	weighted := n.Layers[i].Kind == "linear" || n.Layers[i].Kind == "conv" || n.Layers[i].Kind == "convt"
	return field == "bias" && weighted && norm(i+1) || field == "running_mean"
}

// batchOf returns an array of the file, a picture with its channels last.
func batchOf(t *testing.T, r *npz.Reader, name string) *tensor.Tensor {
	t.Helper()
	data, s := readFloats(t, r, name), shapeOf(t, r, name)
	if len(s) != 4 {
		return tensor.From(data, s...)
	}
	n, c, h, w := s[0], s[1], s[2], s[3]
	x := tensor.New(n, h, w, c)
	for i, v := range data {
		pixel, item := i%(h*w), i/(c*h*w)
		channel := i / (h * w) % c
		x.Data[(item*h*w+pixel)*c+channel] = v
	}
	return x
}

func shapeOf(t *testing.T, r *npz.Reader, name string) []int {
	t.Helper()
	h := r.Header(name + ".npy")
	if h == nil {
		t.Fatalf("no array %s in the file", name)
	}
	return h.Descr.Shape
}

func readFloats(t *testing.T, r *npz.Reader, name string) []float32 {
	t.Helper()
	x := make([]float32, max(1, tensor.Size(shapeOf(t, r, name))))
	if err := r.Read(name+".npy", &x); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return x
}

// readString reads a NumPy string of ASCII characters, which npz leaves in UTF-32.
func readString(t *testing.T, r *npz.Reader, name string) string {
	t.Helper()
	var text string
	if err := r.Read(name+".npy", &text); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return strings.ReplaceAll(text, "\x00", "")
}
