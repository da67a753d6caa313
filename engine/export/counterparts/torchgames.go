package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/export"
	"ganvas/engine/export/pytorch"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// A torchGame is a game whose next step PyTorch repeats: a preset, with changes.
type torchGame struct {
	name, preset string
	set          []string // key=value
	steps        int64    // before the one that is compared
}

// torchGames are all presets, and what none of them has.
func torchGames() (list []torchGame) {
	for _, p := range recipe.Presets() {
		// By then biases have grown, and Adam knows how large gradients are: at first it makes
		// whole steps of their rounding.
		list = append(list, torchGame{name: p.Name, preset: p.Name, steps: 20})
	}
	small := `g.layers=["linear 98", "unflatten 7 7 2", "in", "silu", "up 2 bilinear", "convt 4 4 2 1", "gelu", "residual 4 same", "conv 1 3 1 1", "tanh"]`
	add := func(name, preset string, set ...string) { list = append(list, torchGame{name, preset, set, 3}) }
	add("hinge-sn", "digits", "objective=hinge", "r1=0", "r2=0", "d_steps=2", small,
		`d.layers=["sn conv 8 4 2 1", "lrelu 0.2", "residual 8 down", "attention", "flatten", "sn linear 1"]`)
	add("lsgan-rmsprop-clip", "digits-mlp", "objective=leastsquares", "label_smoothing=0.1", "clip=0.05", "g.optimizer=rmsprop", "d.optimizer=rmsprop", "d.lr_decay=linear")
	add("wgan-sgd-lazy", "ring", "objective=wasserstein", "r1=0.1", "r2=0", "penalty_every=3", "g.optimizer=sgd", "g.momentum=0.5", "d.optimizer=sgd", "g.lr_decay=exponential", "g.lr_final=0.1", "latent_kind=uniform")
	add("dragan-noise", "ring-collapse", "dragan=1", "instance_noise=0.2", "ema=0.9", "ema_warmup=0.05")
	add("topk-matching", "ring-collapse", "topk=0.5", "feature_matching=0.3", "steps=8")
	add("dropout-minibatch", "ring-collapse", "d.layers=[\"linear 32\", \"lrelu 0.2\", \"dropout 0.3\", \"minibatch-std 4\", \"maxout 3\", \"minibatch-discrimination 4 3\", \"linear 1\"]")
	add("concat-mirror", "digits-conditional", "conditional=concat", "mirror=true", "r2=0")
	add("classifier", "digits-conditional", "conditional=classifier", "objective=hinge", "freeze_d=2")
	add("adaptive", "few-pictures", "augment=adaptive")
	return list
}

func (g torchGame) recipe() (*recipe.Recipe, error) {
	r, err := recipe.Named(g.preset)
	if err != nil {
		return nil, err
	}
	r.Name = g.name
	for _, s := range g.set {
		key, value, _ := strings.Cut(s, "=")
		if err := r.Set(key, value); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// writeTorchGames writes of each game its project after a few steps, what the next step draws, and
// where the game is then. A name in only is the only one.
func writeTorchGames(ctx context.Context, folder, only string) error {
	for _, g := range torchGames() {
		if only != "" && g.name != only {
			continue
		}
		if err := writeTorchGame(ctx, filepath.Join(folder, g.name), g); err != nil {
			return fmt.Errorf("%s: %w", g.name, err)
		}
	}
	return nil
}

func writeTorchGame(ctx context.Context, dir string, g torchGame) error {
	r, err := g.recipe()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	project := filepath.Join(dir, "run.ganvas")
	if err := trainNew(ctx, r, project, g.steps); err != nil {
		return err
	}
	before, err := export.Open(project, 0, -1)
	if err != nil {
		return err
	}
	o := export.Options{Version: "counterparts"}
	if err := before.PyTorch(ctx, filepath.Join(dir, "project"), o); err != nil {
		return err
	}
	if !slices.Contains(runGames(), g.name) { // the items come with the draws
		if err := os.Remove(filepath.Join(dir, "project", pytorch.DataFile)); err != nil {
			return err
		}
	}
	draws, err := drawsOf(ctx, r, before.State())
	if err != nil {
		return err
	}
	s, err := session.Open(ctx, project, session.Options{})
	if err != nil {
		return err
	}
	if err := trainTo(s, g.steps+1); err != nil {
		return err
	}
	if err := addLosses(project, g.steps, draws); err != nil {
		return err
	}
	if err := putState(filepath.Join(dir, "draws.safetensors"), draws); err != nil {
		return err
	}
	after, err := export.Open(project, 0, -1)
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "after.safetensors"))
	if err != nil {
		return err
	}
	defer f.Close()
	return after.TorchState(f, o)
}

func putState(path string, s *ckpt.State) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := ckpt.EncodeSafetensors(f, s); err != nil {
		return err
	}
	return f.Close()
}

// addLosses adds what both players paid in the last step.
func addLosses(project string, step int64, draws *ckpt.State) error {
	f, err := ckpt.OpenReadOnly(project)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.EachMetric(1, step, func(row ckpt.MetricRow) {
		for i, name := range []string{"loss_d", "loss_g"} {
			draws.Entries = append(draws.Entries, ckpt.Entry{Name: name, DType: "F32", Shape: []int{1}, F32: row.Values[i : i+1 : i+1]})
		}
	})
}

// draws are what the step after a state draws, by the names of what train.py draws.
type draws struct {
	r       *recipe.Recipe
	item    nn.Shape
	streams map[string]*gan.Stream
	out     *ckpt.State
}

func drawsOf(ctx context.Context, r *recipe.Recipe, state *ckpt.State) (*ckpt.State, error) {
	set, known, err := session.TrainingItems(ctx, r)
	if err != nil {
		return nil, err
	}
	d := &draws{r: r, item: set.Info().Shape, streams: map[string]*gan.Stream{}, out: &ckpt.State{}}
	for key, text := range state.Meta {
		name, ok := strings.CutPrefix(key, "stream.")
		if !ok {
			continue
		}
		b, err := hex.DecodeString(text)
		if err != nil {
			return nil, err
		}
		d.streams[name] = gan.NewStream(0, name)
		if err := d.streams[name].Restore(b); err != nil {
			return nil, err
		}
	}
	loader := datasets.NewLoader(set, r.Seed, r.Mirror)
	var some *datasets.Loader
	if known != nil {
		some = datasets.NewLoader(datasets.NewSubset(set, known), 0, r.Mirror)
	}
	for _, e := range state.Entries {
		to := map[string]*datasets.Loader{"data": loader, "data.known": some}[e.Name]
		if to == nil {
			continue
		}
		if err := to.Restore(e.U8); err != nil {
			return nil, err
		}
	}
	p, _ := strconv.ParseFloat(state.Meta["ada.p"], 64)
	o, err := gan.FindObjective(r.Objective)
	if err != nil {
		return nil, err
	}
	for i := range r.DSteps {
		d.look(fmt.Sprint(i), loader, some, p)
	}
	d.latents("last", o.Fresh)
	d.seen("last", p)
	d.keys()
	return d.out, nil
}

func (d *draws) add(name string, x []float32, shape ...int) {
	d.out.Entries = append(d.out.Entries, ckpt.Entry{Name: name, DType: "F32", Shape: shape, F32: x})
}

func (d *draws) addIntegers(name string, x []int) {
	e := ckpt.Entry{Name: name, DType: "I64", Shape: []int{len(x)}}
	for _, v := range x {
		e.I64 = append(e.I64, int64(v))
	}
	d.out.Entries = append(d.out.Entries, e)
}

// items adds items with channels first.
func (d *draws) items(name string, x []float32) {
	n := len(x) / d.item.Size()
	if !d.item.Picture() {
		d.add(name, x, n, d.item.Size())
		return
	}
	h, w, c := d.item[0], d.item[1], d.item[2]
	out := make([]float32, 0, len(x))
	for i := range n {
		for k := range c {
			for at := range h * w {
				out = append(out, x[(i*h*w+at)*c+k])
			}
		}
	}
	d.add(name, out, n, c, h, w)
}

func (d *draws) latents(of string, wanted bool) {
	if wanted {
		z := make([]float32, d.r.Batch*d.r.Latent)
		d.streams["latent"].Latents(z, d.r.LatentKind)
		d.add(of+".z", z, d.r.Batch, d.r.Latent)
	}
}

// look adds what an update of the discriminator draws.
func (d *draws) look(of string, loader, known *datasets.Loader, p float64) {
	n := d.r.Batch
	x, labels := make([]float32, n*d.item.Size()), make([]int, n)
	loader.Next(n, x, labels)
	d.items(of+".items", x)
	d.addIntegers(of+".labels", labels)
	if known != nil {
		y := make([]float32, len(x))
		known.Next(n, y, labels)
		d.items(of+".known", y)
		d.addIntegers(of+".known_labels", labels)
	}
	d.latents(of, true)
	d.seen(of, p)
	if d.r.GP > 0 {
		alpha := make([]float32, n)
		for i := range alpha {
			alpha[i] = d.streams["penalty"].Float32()
		}
		shape := slices.Repeat([]int{1}, len(d.item)+1)
		shape[0] = n
		d.add(of+".alpha", alpha, shape...)
	}
	if d.r.DRAGAN > 0 {
		around := make([]float32, len(x))
		d.streams["dragan"].Latents(around, "gaussian")
		d.items(of+".around", around) // times half the deviation of the batch, there
	}
}

// seen adds how D sees the items of an update: real, generated, of known classes, and seen again.
func (d *draws) seen(of string, p float64) {
	kinds := []string{"real", "fake"}
	if d.r.SemiSupervised {
		kinds = append(kinds, "known")
	}
	if d.r.Consistency > 0 {
		kinds = append(kinds, "again")
	}
	for _, kind := range kinds {
		name := of + ".seen_" + kind + "."
		if d.r.Augment != "none" {
			if d.r.Augment != "adaptive" {
				p = 1
			}
			c := gan.DrawChanges(d.streams["augment"], d.r.Augment, p, d.r.Batch, d.item[0], d.item[1])
			for key, x := range map[string][]float32{"brightness": c.Brightness, "saturation": c.Saturation, "contrast": c.Contrast} {
				if x != nil {
					d.add(name+key, x, d.r.Batch, 1, 1, 1)
				}
			}
			if c.Maps != nil {
				d.add(name+"maps", c.Maps, d.r.Batch, 6)
			}
			for key, x := range map[string][]int{"down": c.Down, "right": c.Right, "top": c.Top, "left": c.Left} {
				if x != nil {
					d.addIntegers(name+key, x)
				}
			}
		}
		if d.r.InstanceNoise > 0 {
			x := make([]float32, d.r.Batch*d.item.Size())
			d.streams["instance"].Latents(x, "gaussian")
			d.items(name+"noise", x)
		}
	}
}

// keys adds what the layers dropout and noise draw, one array for each time that a layer does: as
// many numbers as the largest of them needs, the last two batches of which are a pass of two.
func (d *draws) keys() {
	most := 0
	for _, layers := range [][]string{d.r.G.Layers, d.r.D.Layers} {
		in := nn.Shape{d.r.Latent}
		if &layers[0] == &d.r.D.Layers[0] {
			in = d.r.Seen(d.item)
		}
		shapes, err := nn.Infer(layers, in)
		if err != nil {
			continue
		}
		for i, text := range layers {
			if strings.HasPrefix(text, "dropout") || strings.HasPrefix(text, "noise") {
				most = max(most, shapes[i].Size())
			}
		}
	}
	if most == 0 {
		return
	}
	for k := range 32 {
		key := d.streams["dropout"].Uint64()
		x := make([]float32, 2*d.r.Batch*most)
		tensor.Gaussian(x, key)
		d.add(fmt.Sprintf("normal.%d", k), x, len(x))
		// Whether a value stays follows from the same numbers for every probability.
		y := make([]float32, len(x))
		tensor.DropoutMask(y, 1, 0.3, key)
		d.add(fmt.Sprintf("kept.%d", k), y, len(y))
	}
}
