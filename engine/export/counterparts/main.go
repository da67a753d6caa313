// Counterparts writes models, weights and records with what this program computes of them into a
// folder, for compare.py, which has the programs that own the formats read them. With -back it
// brings the weights back that PyTorch has saved there.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/engine/ckpt"
	"ganvas/engine/export"
	"ganvas/engine/export/onnx"
	"ganvas/engine/export/onnx/table"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// items is how many items every model is compared with.
const items = 64

func main() {
	back := flag.Bool("back", false, "import what PyTorch has saved")
	games := flag.Bool("games", false, "write games for torchgames.py and torchruns.py, or import them with -back; one alone if it is named behind the folder")
	flag.Parse()
	if *games && flag.NArg() > 0 {
		if *back {
			end(bringGamesBack(context.Background(), flag.Arg(0)))
		} else {
			end(writeTorchGames(context.Background(), flag.Arg(0), flag.Arg(1)))
		}
		return
	}
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: counterparts [-back] FOLDER")
		os.Exit(2)
	}
	work := write
	if *back {
		work = bringBack
	}
	end(work(context.Background(), flag.Arg(0)))
}

func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "counterparts:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, folder string) error {
	for _, c := range table.Cases() {
		if err := writeCase(ctx, filepath.Join(folder, "layers"), c); err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	for _, p := range recipe.Presets() {
		if err := writePreset(ctx, filepath.Join(folder, "presets"), p); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	return nil
}

// writeCase writes a model of the table with its inputs and outputs.
func writeCase(ctx context.Context, folder string, c table.Case) error {
	n, err := c.Net()
	if err != nil {
		return err
	}
	var model bytes.Buffer
	if err := onnx.Write(ctx, &model, onnx.Model{Net: n, Discriminator: c.Discriminator, Name: c.Name}); err != nil {
		return err
	}
	in := c.Inputs(items)
	base := filepath.Join(folder, strings.ReplaceAll(c.Name, " ", "_"))
	if err := put(base+".onnx", model.Bytes()); err != nil {
		return err
	}
	return putValues(base+".values", n, c.Discriminator, in)
}

func put(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

// putValues writes what goes in and what comes out, by the names of the model.
func putValues(path string, n *nn.Net, discriminator bool, in table.Inputs) error {
	out := table.Run(n, discriminator, in, items)
	main, result := "latent", "item"
	if discriminator {
		main, result = "item", "score"
	}
	var s ckpt.State
	numbers := func(name string, x []float32, shape []int) {
		if x == nil {
			return
		}
		if shape == nil {
			shape = []int{len(x) / items}
		}
		s.Entries = append(s.Entries, ckpt.Entry{Name: name, DType: "F32", Shape: append([]int{items}, shape...), F32: x})
	}
	integers := func(name string, x []int64) {
		if x != nil {
			s.Entries = append(s.Entries, ckpt.Entry{Name: name, DType: "I64", Shape: []int{items}, I64: x})
		}
	}
	shape := func(s nn.Shape) []int {
		if s.Picture() {
			return []int{s[2], s[0], s[1]}
		}
		return s
	}
	numbers("in."+main, in.Items, shape(n.In))
	integers("in.class", in.Classes)
	integers("in.generator", in.Generator)
	if discriminator {
		numbers("out."+result, out.Main, nil)
	} else {
		numbers("out."+result, out.Main, shape(n.Out))
	}
	numbers("out.classes", out.Classes, nil)
	numbers("out.generators", out.Generators, nil)
	var b bytes.Buffer
	if err := ckpt.EncodeSafetensors(&b, &s); err != nil {
		return err
	}
	return put(path, b.Bytes())
}

// writePreset trains a preset for a few steps, and writes by way of its project both players and
// what was measured.
func writePreset(ctx context.Context, folder string, p recipe.Preset) error {
	r := p.Recipe
	dir := filepath.Join(folder, r.Name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	project := filepath.Join(dir, "run.ganvas")
	if err := trainNew(ctx, r, project, 3); err != nil {
		return err
	}
	o := export.Options{Version: "counterparts", Replace: true}
	if _, err := export.Metrics(ctx, project, 0, filepath.Join(dir, "metrics.csv"), o); err != nil {
		return err
	}
	if _, err := export.TensorBoard(ctx, project, 0, filepath.Join(dir, "tensorboard"), o); err != nil {
		return err
	}
	source, err := export.Open(project, 0, -1)
	if err != nil {
		return err
	}
	for _, part := range []export.Part{export.Generator, export.Discriminator} {
		n, err := source.Network(part, false)
		if err != nil {
			return err
		}
		base := filepath.Join(dir, string(part))
		if err := source.ONNX(ctx, base+".onnx", part, o); err != nil {
			return err
		}
		if err := source.Safetensors(ctx, base+".safetensors", part, o); err != nil {
			return err
		}
		if part == export.Generator {
			if err := writeSamples(ctx, dir, gan.NewGenerator(n, r.LatentKind)); err != nil {
				return err
			}
		}
		c := table.Case{In: n.In, Role: n.Role(), Count: n.Count(), Discriminator: part == export.Discriminator}
		if err := putValues(base+".values", n, c.Discriminator, c.Inputs(items)); err != nil {
			return err
		}
	}
	return nil
}

// trainNew makes a project, and trains it up to a step.
func trainNew(ctx context.Context, r *recipe.Recipe, project string, step int64) error {
	s, err := session.Create(ctx, r, nil, project, session.Options{Replace: true})
	if err != nil {
		return err
	}
	return trainTo(s, step)
}

func trainTo(s *session.Session, step int64) error {
	s.TrainUntil(step)
	if err := s.Wait(); err != nil {
		return err
	}
	return s.Close()
}

// bringBack imports the state dicts of both players of every preset, and compares the numbers with
// those that were exported.
func bringBack(ctx context.Context, folder string) error {
	arrays := 0
	for _, p := range recipe.Presets() {
		dir := filepath.Join(folder, "presets", p.Recipe.Name)
		project := filepath.Join(dir, "run.ganvas")
		before, err := export.Open(project, 1, -1)
		if err != nil {
			return err
		}
		for _, part := range []export.Part{export.Generator, export.Discriminator} {
			in, err := export.Import(ctx, project, 1, -1, filepath.Join(dir, string(part)+".torch"), part)
			if err != nil {
				return err
			}
			after, err := export.Open(project, in.Run, -1)
			if err != nil {
				return err
			}
			if err := sameNetwork(before, after, part); err != nil {
				return fmt.Errorf("%s: %w", p.Name, err)
			}
			arrays += in.Arrays
		}
	}
	fmt.Printf("%d arrays of %d presets are back as they were exported\n", arrays, len(recipe.Presets()))
	return nil
}

func sameNetwork(before, after *export.Source, part export.Part) error {
	want, err := before.Network(part, false)
	if err != nil {
		return err
	}
	got, err := after.Network(part, false)
	if err != nil {
		return err
	}
	all := slices.Concat(got.Params, got.Buffers)
	for i, p := range slices.Concat(want.Params, want.Buffers) {
		if !slices.Equal(p.Value.Data, all[i].Value.Data) {
			return fmt.Errorf("%s of %s has other numbers", p.Name, part)
		}
	}
	return nil
}
