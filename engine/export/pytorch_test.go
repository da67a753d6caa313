package export

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
	"ganvas/engine/export/pytorch"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// torchProject writes the newest state of a project as one of PyTorch, a folder or a zip file.
func torchProject(t *testing.T, from, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := open(t, from).PyTorch(t.Context(), path, Options{Version: "1"}); err != nil {
		t.Fatal(err)
	}
	return path
}

// small makes the built-in data small.
func small(r *recipe.Recipe) {
	r.Data, r.Latent = "ring", 2
	r.G.Layers, r.D.Layers = []string{"linear 8", "relu", "linear 2"}, []string{"linear 8", "bn", "lrelu 0.2", "linear 1"}
}

// decode reads a file of arrays.
func decode(t *testing.T, path string) *ckpt.State {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ckpt.DecodeSafetensors(b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A project of PyTorch comes back with the bits of everything that training goes on from, in a
// folder and in a zip file, and training goes on.
func TestTorchThereAndBack(t *testing.T) {
	for _, name := range []string{"project", "project.zip"} {
		path := project(t, nil)
		before := open(t, path)
		in, err := Import(t.Context(), path, 0, -1, torchProject(t, path, name), "")
		if err != nil {
			t.Fatal(err)
		}
		after := open(t, path)
		if in.Run != 2 || in.Step != 2 || after.Run.Parent != 1 || after.Run.FromStep != 2 || in.Arrays == 0 {
			t.Errorf("%s: %+v became %+v", name, in, after.Run)
		}
		if a, b := before.State().SHA256(), after.State().SHA256(); a != b {
			t.Errorf("%s: the state is another one", name)
		}
		goesOn(t, path)
	}
}

// What PyTorch has trained is a branch from the step at which it was exported, at the step to which
// it was trained; the run here may have gone on meanwhile.
func TestTorchTrained(t *testing.T) {
	path := project(t, small)
	folder := torchProject(t, path, "project")
	goesOn(t, path)
	file := filepath.Join(folder, pytorch.StateFile)
	state := decode(t, file)
	state.Meta["step"], state.Meta["optg.steps"], state.Meta["optd.steps"] = "52", "50", "52"
	for _, e := range state.Entries {
		for i := range e.F32 {
			e.F32[i] *= 0.5
		}
	}
	writeState(t, file, state)
	in, err := Import(t.Context(), path, 0, -1, file, "") // which stands for its folder
	if err != nil {
		t.Fatal(err)
	}
	after := open(t, path)
	if in.Step != 52 || after.Step != 52 || after.Run.Step != 52 || after.Run.FromStep != 2 || after.State().Meta["optg.steps"] != "50" {
		t.Errorf("%+v became %+v at step %d, %v", in, after.Run, after.Step, after.State().Meta)
	}
	for _, e := range after.State().Entries {
		i := slices.IndexFunc(state.Entries, func(o ckpt.Entry) bool { return o.Name == e.Name })
		if e.F32 != nil && (i < 0 || !slices.Equal(e.F32, state.Entries[i].F32)) { // without pictures both orders are the same
			t.Errorf("%s is not what PyTorch has made of it", e.Name)
		}
	}
}

func writeState(t *testing.T, path string, s *ckpt.State) {
	t.Helper()
	var b bytes.Buffer
	if err := ckpt.EncodeSafetensors(&b, s); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// What does not fit is refused by its name, and the project stays as it is.
func TestTorchImportRefuses(t *testing.T) {
	path := project(t, small)
	folder := torchProject(t, path, "project")
	file := filepath.Join(folder, pytorch.StateFile)
	whole := decode(t, file)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	entry := func(s *ckpt.State, name string) *ckpt.Entry {
		return &s.Entries[slices.IndexFunc(s.Entries, func(e ckpt.Entry) bool { return e.Name == name })]
	}
	for want, change := range map[string]func(s *ckpt.State){
		"g.0.weight is missing":      func(s *ckpt.State) { entry(s, "g.0.weight").Name = "g.0.other" },
		"optd.0.weight.v is missing": func(s *ckpt.State) { entry(s, "optd.0.weight.v").Name = "optd.0.weight.w" },
		"optg.9.weight.m is no array": func(s *ckpt.State) {
			s.Entries = append(s.Entries, ckpt.Entry{Name: "optg.9.weight.m", DType: "F32", Shape: []int{1}, F32: []float32{1}})
		},
		"d.0.bias has shape [2 4]":                     func(s *ckpt.State) { entry(s, "d.0.bias").Shape = []int{2, 4} },
		"ema.0.bias holds a number that is not finite": func(s *ckpt.State) { entry(s, "ema.0.bias").F32[0] /= 0 },
		"optg.0.bias.v is a mean of squares":           func(s *ckpt.State) { entry(s, "optg.0.bias.v").F32[0] = -1 },
		`says step "soon"`:                             func(s *ckpt.State) { s.Meta["step"] = "soon" },
		`optd.steps is "2.5"`:                          func(s *ckpt.State) { s.Meta["optd.steps"] = "2.5" },
		`optg.steps is "1e3", want a whole number`:     func(s *ckpt.State) { s.Meta["optg.steps"] = "1e3" },
		`ada.updates is "1.5", want a whole number`: func(s *ckpt.State) {
			s.Meta["ada.p"], s.Meta["ada.signSum"], s.Meta["ada.updates"] = "0.5", "-1", "1.5"
		},
		"it is at step 1, and the run at step 2": func(s *ckpt.State) { s.Meta["step"] = "1" },
		"ada.p is \"2\", want a probability":     func(s *ckpt.State) { s.Meta["ada.p"] = "2" },
	} {
		writeState(t, file, whole)
		changed := decode(t, file)
		change(changed)
		writeState(t, file, changed)
		if _, err := Import(t.Context(), path, 0, -1, folder, ""); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "import "+folder) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
	writeState(t, file, whole)
	if _, err := Import(t.Context(), path, 0, -1, folder, Generator); err == nil || !strings.Contains(err.Error(), "leave out --part") {
		t.Errorf("with a part: %v", err)
	}
	empty, cut := t.TempDir(), filepath.Join(t.TempDir(), "cut.zip")
	if err := os.WriteFile(cut, []byte("PK\x03\x04 and no more"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{empty, cut, zipOf(t), zipOf(t, "a/"+pytorch.StateFile, "b/"+pytorch.StateFile)} {
		if _, err := Import(t.Context(), path, 0, -1, from, ""); err == nil || !strings.Contains(err.Error(), "choose ") {
			t.Errorf("%s: %v", from, err)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the project is another one after refusals")
	}
}

// zipOf is a zip file of empty files.
func zipOf(t *testing.T, names ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "some.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, name := range names {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// A project appears whole or not at all, and what is there stays.
func TestTorchWholeOrNot(t *testing.T) {
	s := open(t, project(t, small))
	for _, name := range []string{"out", "out.zip"} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		half, stop := context.WithCancel(t.Context())
		for _, err := range []error{
			s.PyTorch(cancelled, path, Options{}),
			s.PyTorch(half, path, Options{Progress: func(done, _ int64) {
				if done > 100_000 {
					stop()
				}
			}}),
		} {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: error %v of a cancelled export", name, err)
			}
		}
		if list, _ := os.ReadDir(dir); len(list) > 0 {
			t.Errorf("%s: %v is left of cancelled exports", name, list)
		}
		told, last := int64(0), int64(0)
		o := Options{Progress: func(done, total int64) {
			if done < told || done > total {
				t.Errorf("%s: %d of %d after %d", name, done, total, told)
			}
			told, last = done, total
		}}
		if err := s.PyTorch(t.Context(), path, o); err != nil || told == 0 || told != last {
			t.Errorf("%s: %v, %d of %d told", name, err, told, last)
		}
		if err := s.PyTorch(t.Context(), path, Options{}); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: error %v where there is one", name, err)
		}
		if err := s.PyTorch(t.Context(), path, Options{Replace: true}); (err == nil) != (name == "out.zip") {
			t.Errorf("%s: replacing it: %v", name, err)
		}
	}
}

// The items are those that training deals out, in PyTorch's order, with their classes.
func TestTorchData(t *testing.T) {
	path := project(t, func(r *recipe.Recipe) {
		r.Data, r.Channels, r.ImageSize, r.Labels, r.HeldOut = "emoji", 3, 8, "folder", 0.25
		r.Conditional, r.D.Layers = "projection", []string{"flatten", "linear 1"}
		r.G.Layers = []string{"linear 192", "unflatten 8 8 3", "tanh"}
	})
	s := open(t, path)
	data := decode(t, filepath.Join(torchProject(t, path, "project"), pytorch.DataFile))
	items, labels := data.Entries[0], data.Entries[1]
	if items.DType != "U8" || !slices.Equal(items.Shape[1:], []int{3, 8, 8}) || labels.Shape[0] != items.Shape[0] {
		t.Fatalf("items %s %v, labels %v", items.DType, items.Shape, labels.Shape)
	}
	set, _, err := session.TrainingItems(t.Context(), s.Recipe)
	if err != nil {
		t.Fatal(err)
	}
	if set.Len() != items.Shape[0] {
		t.Errorf("%d items of %d", items.Shape[0], set.Len())
	}
	one := make([]float32, 192)
	for _, i := range []int{0, 5, set.Len() - 1} {
		label := set.Read(i, one)
		if int64(label) != labels.I64[i] {
			t.Errorf("item %d is of class %d, want %d", i, labels.I64[i], label)
		}
		for at, v := range one {
			c, pixel := at%3, at/3
			if got := float32(items.U8[i*192+c*64+pixel])/127.5 - 1; got != v {
				t.Fatalf("item %d, channel %d, pixel %d: %g, want %g", i, c, pixel, got, v)
			}
		}
	}
}

// Nothing of the person's folders goes into a project, and data of their own do not either.
func TestTorchNoPaths(t *testing.T) {
	path := project(t, nil)
	s := open(t, path)
	s.Recipe.Data, s.Recipe.From, s.Recipe.Labels = "/home/zoe/cats", "/home/zoe/old.ganvas", "none"
	out := filepath.Join(t.TempDir(), "p.zip")
	if err := s.PyTorch(t.Context(), out, Options{}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(out)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil || bytes.Contains(b, []byte("zoe")) || strings.HasSuffix(f.Name, pytorch.DataFile) {
			t.Errorf("%s: %v, or it says whose it is", f.Name, err)
		}
	}
}
