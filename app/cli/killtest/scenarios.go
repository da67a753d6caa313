package main

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

const (
	project = "a.ganvas"
	old     = "what was there before"
)

// small makes steps of a fraction of a millisecond.
var small = []string{"--set", "batch=16", "--set", "g.layers=linear 16,relu,linear 2", "--set", "d.layers=linear 16,relu,linear 1"}

// pictures makes a generator of pictures that is as quick.
var pictures = []string{"--set", "channels=1", "--set", "g.layers=linear 64,unflatten 8 8 1", "--set", "d.layers=flatten,linear 1", "--set", "image_size=8", "--set", "batch=4"}

// train is a training of points, which autosaves as often as it can.
func train(seed string, args ...string) []string {
	t := []string{"train", "moons", "--seed", seed, "--autosave", "5ms", "--out", project}
	return slices.Concat(t, small, args)
}

// scenarios returns all that is killed. A further one, such as a window, needs no more than its
// command and its check.
func scenarios() []scenario {
	const long = 700 * time.Millisecond
	oldProject := func(b *bench) error {
		err := ganvas(b, train("1", "--steps", "50")...)
		if err == nil {
			b.old, _, err = newest(filepath.Join(b.dir, project))
		}
		return err
	}
	oldFile := func(name string) func(*bench) error {
		return func(b *bench) error {
			return errors.Join(oldProject(b), os.WriteFile(filepath.Join(b.dir, name), []byte(old), 0o644))
		}
	}
	export := func(name string, args ...string) scenario {
		s := scenario{name: "over " + filepath.Ext(name)[1:], prepare: oldFile(name), check: oldOrWhole(name), files: []string{project, name}}
		s.args = append(args, "--out", name, "--force")
		s.again = s.args
		return s
	}
	return []scenario{
		{
			name: "force", prepare: oldProject, most: long, check: oldOrNew,
			args: train("2", "--steps", "0", "--force"), again: []string{"resume", project, "--steps", "3"}, files: []string{project}, sameBits: true,
		},
		{
			name: "first", most: long, check: nothingOrWhole,
			args: train("2", "--steps", "0"), again: train("3", "--steps", "3", "--force"), files: []string{project},
		},
		{
			name: "resume", prepare: oldProject, most: long, check: goneOn,
			args: []string{"resume", project, "--steps", "1000000", "--autosave", "5ms"}, again: []string{"resume", project, "--steps", "3"}, files: []string{project}, sameBits: true,
		},
		export("x.csv", "sample", project, "--n", "100000"),
		export("x.npy", "sample", project, "--n", "100000"),
		export("x.png", "sample", project, "--n", "3000"),
		export("x.toml", "export", "recipe", project),
		export("x.onnx", "export", "onnx", project),
		export("x.safetensors", "export", "safetensors", project, "--part", "all"),
		export("x.svg", "export", "charts", project),
		{
			name: "folder", prepare: func(b *bench) error {
				return ganvas(b, slices.Concat([]string{"train", "shapes-conditional", "--steps", "1", "--out", project, "--set", "conditional=none"}, pictures)...)
			},
			args: []string{"sample", project, "--n", "200", "--out", "x/"}, check: wholePictures,
			again: []string{"sample", project, "--n", "200", "--out", "x/", "--force"}, files: []string{project, "x"},
		},
	}
}

// newest returns the sum of the newest state of a project, having compared it with the state, and
// its step.
func newest(path string) (sum string, step int64, err error) {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	run, err := f.RunByID(0)
	if err != nil {
		return "", 0, err
	}
	state, err := f.Load(run.ID, -1)
	if err != nil {
		return "", 0, err
	}
	return state.SHA256(), run.Step, nil
}

// savedStep returns the step to which a project is saved, 0 if it cannot be said just now.
func savedStep(path string) int64 {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return 0
	}
	defer f.Close()
	run, err := f.RunByID(0)
	if err != nil {
		return 0
	}
	return run.Step
}

// oldOrNew fails unless the project is the old one or a new one that has learnt something.
func oldOrNew(b *bench) error {
	sum, step, err := newest(filepath.Join(b.dir, project))
	if err == nil && sum != b.old && step == 0 {
		err = errors.New("the old project is gone, and the new one has learnt nothing")
	}
	return err
}

// nothingOrWhole fails if there is a project that cannot be gone on with.
func nothingOrWhole(b *bench) error {
	_, step, err := newest(filepath.Join(b.dir, project))
	if errors.Is(err, fs.ErrNotExist) && b.saved == 0 {
		return nil
	}
	if step < b.saved && step > 3 { // the next start trains anew for three steps
		return fmt.Errorf("step %d was saved, the project is at %d", b.saved, step)
	}
	return err
}

// goneOn fails unless a resumed project has all that was saved.
func goneOn(b *bench) error {
	_, step, err := newest(filepath.Join(b.dir, project))
	if err == nil && step < max(50, b.saved) {
		err = fmt.Errorf("step %d was saved, the project is at %d", max(50, b.saved), step)
	}
	return err
}

// sameBits fails unless a project is as if its training had never been interrupted.
func sameBits(b *bench) error {
	path := filepath.Join(b.dir, project)
	got, step, err := newest(path)
	if err != nil {
		return err
	}
	seed, err := seedOf(path)
	if err != nil {
		return err
	}
	other := *b
	other.dir = b.dir + "-whole"
	defer os.RemoveAll(other.dir)
	if err := os.Mkdir(other.dir, 0o755); err != nil {
		return err
	}
	if err := ganvas(&other, train(fmt.Sprint(seed), "--steps", fmt.Sprint(step))...); err != nil {
		return err
	}
	want, _, err := newest(filepath.Join(other.dir, project))
	if err == nil && got != want {
		err = fmt.Errorf("the project has other bits at step %d than one that was never interrupted", step)
	}
	return err
}

func seedOf(path string) (uint64, error) {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	run, err := f.RunByID(0)
	if err != nil {
		return 0, err
	}
	r, err := session.RecipeOf(f, run)
	if err != nil {
		return 0, err
	}
	return r.Seed, nil
}

// oldOrWhole fails unless a file holds what was there before or all that the command writes into
// it, which is what the command writes into another file.
func oldOrWhole(name string) func(b *bench) error {
	return func(b *bench) error {
		got, err := os.ReadFile(filepath.Join(b.dir, name))
		if err != nil || string(got) == old {
			return err
		}
		want, err := wanted(b, name)
		if err == nil && !bytes.Equal(got, want) {
			err = fmt.Errorf("%s holds %d bytes that are neither the old nor the new ones", name, len(got))
		}
		return err
	}
}

// complete is what exports write that nothing disturbs, by the names of their files. All projects
// are the same.
var complete = map[string][]byte{}

func wanted(b *bench, name string) ([]byte, error) {
	if complete[name] != nil {
		return complete[name], nil
	}
	for _, s := range scenarios() {
		if s.files[len(s.files)-1] != name {
			continue
		}
		other := *b
		other.dir = filepath.Join(b.dir+"-complete", "x")
		defer os.RemoveAll(b.dir + "-complete")
		if err := prepared(s, &other); err != nil {
			return nil, err
		}
		if err := ganvas(&other, s.args...); err != nil {
			return nil, err
		}
		content, err := os.ReadFile(filepath.Join(other.dir, name))
		complete[name] = content
		return content, err
	}
	return nil, fmt.Errorf("nothing writes %s", name)
}

// wholePictures fails unless all pictures are there and whole, or none.
func wholePictures(b *bench) error {
	names, err := filepath.Glob(filepath.Join(b.dir, "x", "*"))
	if err != nil {
		return err
	}
	if len(names) > 0 && len(names) != 200 {
		return fmt.Errorf("there are %d pictures of 200", len(names))
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := png.Decode(bytes.NewReader(content)); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
	}
	return nil
}
