package session

import (
	"fmt"
	"slices"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/gan"
	"ganvas/engine/memory"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// A footprint is the memory that a session of a recipe takes besides the program and data that are
// read already, reckoned from shapes alone.
type footprint struct {
	training float64 // while it trains: networks, a step, pictures, checkups, savings
	opening  float64 // while a checkpoint is read
	size     gan.Size
}

// most returns the bytes that a session takes at the most; of a new one nothing is read.
func (b *footprint) most(opening bool) float64 {
	if opening {
		return max(b.training, b.opening)
	}
	return b.training
}

// reckonMemory reckons a recipe whose data have so many classes; 0 where that is not known yet. The
// error is that of the layers.
func reckonMemory(r *recipe.Recipe, classes int) (footprint, error) {
	if classes == 0 {
		classes = usualClasses
	}
	item, err := madeShape(r)
	if err != nil {
		return footprint{}, err
	}
	s, err := gan.Reckon(r, item, classes)
	if err != nil {
		return footprint{}, err
	}
	besides := viewBytes(&s, item, classes, r) + doctor.Bytes(&s, item) + classTestBytes(&s, item, r) + programBytes
	besides += datasets.LateBytes(r.Data, r.ImageSize, r.Channels)
	return footprint{training: s.Training() + besides, opening: s.State*(1+readCopies) + besides, size: s}, nil
}

const (
	usualClasses = 10 // of data that are not read yet
	// programBytes is what the rest of a running session takes: the project file, threads, garbage.
	programBytes = 24 << 20
	// readCopies is how often a checkpoint is in memory while it is read, besides where it goes: as
	// it lies in the file, and decoded.
	readCopies = 2
)

// madeShape returns the shape of what the generator makes, which is that of the data.
func madeShape(r *recipe.Recipe) (nn.Shape, error) {
	in, _ := r.Inputs(nil)
	shapes, err := nn.Infer(r.G.Layers, in)
	if err != nil {
		return nil, fmt.Errorf("g.layers: %w", err)
	}
	if len(shapes) == 0 {
		return in, nil
	}
	return shapes[len(shapes)-1], nil
}

// viewBytes reckons the pictures of a session: a generator of their own, items, and the sheet; of
// points also D's judgement of the plane, which it gives for each class on its own.
func viewBytes(s *gan.Size, item nn.Shape, classes int, r *recipe.Recipe) float64 {
	if !item.Picture() {
		judgements := float64(max(1, r.Discriminators))
		if r.Conditional == "concat" || r.Conditional == "projection" {
			judgements *= float64(classes)
		}
		return s.G + s.Render(gan.LowMemoryItems) + judgements*s.Judge(heatSide*heatSide)
	}
	items := float64(sheetSide * sheetSide)
	if r.Conditional != "none" || r.Generators > 1 {
		items = sheetSide * mostRows
	}
	pixels := items * float64(item[0]+1) * float64(item[1]+1)
	return s.G + s.Render(gan.LowMemoryItems) + 2*4*items*float64(item.Size()) + 2*4*pixels
}

// classTestBytes reckons the test of a D that names classes.
func classTestBytes(s *gan.Size, item nn.Shape, r *recipe.Recipe) float64 {
	if r.Conditional != "classifier" && !r.SemiSupervised {
		return 0
	}
	return 4*min(mostValues, mostTested*float64(item.Size())) + s.Judge(testedAtOnce)
}

// CheckMemory returns a *memory.NotEnough if a session of a recipe takes more than free bytes; what
// is what needs it, as the error begins. It passes what Check refuses.
func CheckMemory(what string, r *recipe.Recipe, classes int, free int64, opening bool) error {
	b, err := reckonMemory(r, classes)
	if err != nil || b.most(opening) <= float64(free) {
		return nil
	}
	instead := ""
	if !opening {
		instead = fitting(r, classes, free, &b)
	}
	return memory.Check(what, b.most(opening), free, instead)
}

// CheckFree is CheckMemory with what is free now. data may be nil while they are not read.
func CheckFree(what string, r *recipe.Recipe, data datasets.Set, opening bool) error {
	free, err := memory.Free()
	if err != nil {
		return err
	}
	return CheckMemory(what, r, classesFor(r, data), free, opening)
}

// classesFor returns how many classes the data of a recipe have; 0 where none are asked for, or
// nothing is known of them.
func classesFor(r *recipe.Recipe, data datasets.Set) int {
	if data == nil || !r.Classes() {
		return 0
	}
	return len(data.Info().Labels)
}

// fitting says what to change for a recipe to fit into free bytes: the largest smaller batch, or
// else what besides takes copies of networks, or else the layer that is in the way.
func fitting(r *recipe.Recipe, classes int, free int64, all *footprint) string {
	fits := func(change func(*recipe.Recipe)) (float64, bool) {
		c := r.Clone()
		change(c)
		item, err := madeShape(c)
		if err != nil || c.Check(item) != nil {
			return 0, false
		}
		b, err := reckonMemory(c, classes)
		return b.training, err == nil && b.training <= float64(free)
	}
	for batch := r.Batch / 2; batch >= 1; batch /= 2 {
		b := max(1, batch/max(1, r.Pack)) * max(1, r.Pack)
		if n, ok := fits(func(c *recipe.Recipe) { c.Batch = b }); ok {
			return fmt.Sprintf("with batch = %d it takes %s", b, memory.Text(n))
		}
	}
	for _, x := range []struct {
		on     bool
		text   string
		change func(*recipe.Recipe)
	}{
		{r.Unroll > 0, "unroll = 0", func(c *recipe.Recipe) { c.Unroll = 0 }},
		{r.Discriminators > 1, "discriminators = 1", func(c *recipe.Recipe) { c.Discriminators = 1 }},
		{r.Generators > 1, "generators = 1", func(c *recipe.Recipe) { c.Generators = 1 }},
		{r.EMA > 0, "ema = 0", func(c *recipe.Recipe) { c.EMA = 0 }},
	} {
		if !x.on {
			continue
		}
		if n, ok := fits(x.change); ok {
			return fmt.Sprintf("with %s it takes %s", x.text, memory.Text(n))
		}
	}
	if all.size.State < all.training/4 { // it is not the weights
		return "make the pictures or the layers smaller"
	}
	key, layer, params := all.size.Largest()
	layers := r.G.Layers
	if key == "d.layers" {
		layers = r.D.Layers
	}
	return fmt.Sprintf("layer %d of %s, %q, alone has %s: make it smaller", layer+1, key, layers[layer], parameters(params))
}

// parameters is "262.1 million parameters".
func parameters(n float64) string {
	if n >= 1e6 {
		return fmt.Sprintf("%.1f million parameters", n/1e6)
	}
	return fmt.Sprintf("%.0f parameters", n)
}

// checkBefore refuses to open a run at a step, the newest if it is negative, whose checkpoint
// cannot be what its recipe says, or for which there is not enough memory.
func (s *Session) checkBefore(run, step int64, r *recipe.Recipe) error {
	k, err := checkpointAt(s.file, run, step, r)
	if err != nil {
		return err
	}
	if k.Thinned {
		_, err := s.file.LoadFull(run, step)
		return err
	}
	return CheckFree("open "+s.file.Path(), r, nil, true)
}

// CheckSampling refuses to read a checkpoint of a run and to build its generator, where the
// checkpoint cannot be what the recipe says or there is not enough memory. A negative step is the
// newest one.
func CheckSampling(f *ckpt.File, run, step int64, r *recipe.Recipe) error {
	k, err := checkpointAt(f, run, step, r)
	if err != nil {
		return err
	}
	free, err := memory.Free()
	if err != nil {
		return err
	}
	b, err := reckonMemory(r, 0)
	if err != nil {
		return nil // the layers' own check says what is wrong with them
	}
	// The weights are there twice, and once more as convolutions read them, which may be twice as
	// large.
	needs := readCopies*float64(k.Bytes) + 4*b.size.G + b.size.Render(renderedAtOnce)
	return memory.Check("read "+f.Path(), needs, free, "")
}

// renderedAtOnce is how many items a generator renders at once.
const renderedAtOnce = 64

// checkpointAt returns the checkpoint of a run at a step, the newest if it is negative; the zero
// value if there is none. It refuses one that holds far less than the networks of its recipe have,
// before these are built.
func checkpointAt(f *ckpt.File, run, step int64, r *recipe.Recipe) (ckpt.Checkpoint, error) {
	points, err := f.Checkpoints(run)
	if err != nil {
		return ckpt.Checkpoint{}, err
	}
	for _, k := range slices.Backward(points) {
		if step < 0 || k.Step == step {
			return k, checkWeights(f.Path(), r, k)
		}
	}
	return ckpt.Checkpoint{}, nil
}

func checkWeights(path string, r *recipe.Recipe, k ckpt.Checkpoint) error {
	b, err := reckonMemory(r, 2) // the fewest classes that there can be
	if err != nil {
		return nil // other checks say what is wrong with it
	}
	want := b.size.State
	if k.Thinned {
		want = b.size.G
	}
	if float64(k.Bytes) >= want/2 {
		return nil
	}
	return fmt.Errorf("open %s: its recipe asks for %s of weights, and the checkpoint of step %d has %s: the project is damaged: use an older copy",
		path, memory.Text(want), k.Step, memory.Text(k.Bytes))
}

// checkMore refuses a change of a live key for which what a step takes in addition is not free. The
// caller holds ctl.
func (s *Session) checkMore(key, value string, next *recipe.Recipe) error {
	classes := classesFor(next, s.data)
	now, err := reckonMemory(s.recipe, classes)
	if err != nil {
		return nil // nothing is known
	}
	then, err := reckonMemory(next, classes)
	if err != nil {
		return nil
	}
	free, err := memory.Free()
	if err != nil {
		return err
	}
	return memory.Check("set "+key+" = "+value, then.training-now.training, free, "choose a smaller number, or turn it off")
}
