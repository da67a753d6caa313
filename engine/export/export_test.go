package export

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// project is one of two steps of digits with small networks, with what change does to its recipe.
func project(t *testing.T, change func(r *recipe.Recipe)) string {
	t.Helper()
	r, err := recipe.Named("digits")
	if err != nil {
		t.Fatal(err)
	}
	r.Batch, r.Latent = 8, 4
	r.G.Layers = []string{"linear 196", "unflatten 7 7 4", "bn", "relu", "convt 2 4 2 1", "relu", "convt 1 4 2 1", "tanh"}
	r.D.Layers = []string{"sn conv 3 4 2 1", "lrelu 0.2", "flatten", "linear 1"}
	if change != nil {
		change(r)
	}
	path := filepath.Join(t.TempDir(), "run.ganvas")
	s, err := session.Create(t.Context(), r, nil, path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.TrainUntil(2)
	if err := errors.Join(s.Wait(), s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string) *Source {
	t.Helper()
	s, err := Open(path, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sameNetworks tells whether a player has the same numbers in both.
func sameNetworks(t *testing.T, a, b *Source, part Part, raw bool) bool {
	t.Helper()
	m, err := a.Network(part, raw)
	if err != nil {
		t.Fatal(err)
	}
	n, err := b.Network(part, raw)
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Concat(n.Params, n.Buffers)
	for i, p := range slices.Concat(m.Params, m.Buffers) {
		if !slices.Equal(p.Value.Data, all[i].Value.Data) {
			return false
		}
	}
	return true
}

// What is written comes back with the same bits, as a run that training goes on from.
func TestThereAndBack(t *testing.T) {
	for _, part := range []Part{"", Generator, Discriminator} {
		path := project(t, nil)
		other := project(t, func(r *recipe.Recipe) { r.Seed = 9 })
		weights := filepath.Join(t.TempDir(), "w.safetensors")
		before := open(t, path)
		if err := before.Safetensors(t.Context(), weights, part, Options{Version: "1"}); err != nil {
			t.Fatal(err)
		}
		was := open(t, other)
		in, err := Import(t.Context(), other, 0, -1, weights, "")
		if err != nil {
			t.Fatal(err)
		}
		after := open(t, other)
		if in.Run != 2 || after.Run.ID != 2 || in.Step != 2 || after.Run.Parent != 1 || after.Run.FromStep != 2 {
			t.Errorf("part %q: %+v became %+v", part, in, after.Run)
		}
		if got := sameNetworks(t, before, after, Generator, false); got != (part != Discriminator) {
			t.Errorf("part %q: the averaged generator is the same: %v", part, got)
		}
		if got := sameNetworks(t, before, after, Generator, true); got != (part == "") {
			t.Errorf("part %q: the generator is the same: %v", part, got)
		}
		if got := sameNetworks(t, before, after, Discriminator, true); got != (part != Generator) {
			t.Errorf("part %q: the discriminator is the same: %v", part, got)
		}
		if part == Generator && !sameNetworks(t, was, after, Discriminator, true) {
			t.Error("the discriminator is not the old one")
		}
		goesOn(t, other)
	}
}

// goesOn trains the current run of a project for a step.
func goesOn(t *testing.T, path string) {
	t.Helper()
	s, err := session.Open(t.Context(), path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.TrainUntil(3)
	if err := errors.Join(s.Wait(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if got := open(t, path).Step; got != 3 {
		t.Errorf("trained to step %d, want 3", got)
	}
}

// edit returns what is wrong once change was done to exported weights.
func edit(t *testing.T, path, weights string, part Part, change func(s *ckpt.State)) error {
	t.Helper()
	if err := open(t, path).Safetensors(t.Context(), weights, part, Options{Replace: true}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(weights)
	if err != nil {
		t.Fatal(err)
	}
	state, err := ckpt.DecodeSafetensors(b)
	if err != nil {
		t.Fatal(err)
	}
	change(state)
	var out bytes.Buffer
	if err := ckpt.EncodeSafetensors(&out, state); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(weights, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err = Import(t.Context(), path, 0, -1, weights, "")
	return err
}

// What does not fit is refused by its name, and the project stays as it is.
func TestImportRefuses(t *testing.T) {
	path := project(t, nil)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	weights := filepath.Join(t.TempDir(), "w.safetensors")
	for _, test := range []struct {
		want   string
		part   Part
		change func(s *ckpt.State)
	}{
		{"g.0.bias is missing", Generator, func(s *ckpt.State) { s.Entries[1].Name = "0.other" }},
		{"g.99.bias is no array", Generator, func(s *ckpt.State) {
			s.Entries = append(s.Entries, ckpt.Entry{Name: "99.bias", DType: "F32", Shape: []int{1}, F32: []float32{1}})
		}},
		{"d.0.bias has shape [1 3]", Discriminator, func(s *ckpt.State) { s.Entries[1].Shape = []int{1, 3} }},
		{"g.0.weight holds a number that is not finite", "", func(s *ckpt.State) {
			for _, e := range s.Entries {
				if e.Name == "g.0.weight" {
					e.F32[3] /= 0
				}
			}
		}},
		{"of type U8", Generator, func(s *ckpt.State) {
			s.Entries[1] = ckpt.Entry{Name: "0.bias", DType: "U8", Shape: []int{2}, U8: []byte{1, 2}}
		}},
		{"say g or d with --part", Generator, func(s *ckpt.State) { s.Meta = nil }},
		{"name all arrays in one way", "", func(s *ckpt.State) { s.Entries[0].Name = "0.weight" }},
		{"no weights", Generator, func(s *ckpt.State) { s.Entries = nil }},
	} {
		err := edit(t, path, weights, test.part, test.change)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "import "+weights) {
			t.Errorf("error %v, want one with %q", err, test.want)
		}
	}
	if err := os.WriteFile(weights, []byte("not weights"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Import(t.Context(), path, 0, -1, weights, ""); err == nil {
		t.Error("imported a text")
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the project is another one after refusals")
	}
}

// PyTorch's own count of steps, and numbers in double precision, are what a state dict may have.
func TestStateDict(t *testing.T) {
	path := project(t, nil)
	err := edit(t, path, filepath.Join(t.TempDir(), "w.safetensors"), Generator, func(s *ckpt.State) {
		s.Entries = append(s.Entries, ckpt.Entry{Name: "2.num_batches_tracked", DType: "I64", Shape: []int{}, I64: []int64{7}})
		e := &s.Entries[0]
		e.DType, e.F64 = "F64", make([]float64, len(e.F32))
		for i, v := range e.F32 {
			e.F64[i] = float64(v)
		}
	})
	if err != nil {
		t.Error(err)
	}
}

// Every kind of export stops when it is cancelled, keeps a file that is there, and leaves nothing
// that is half written.
func TestWholeOrNot(t *testing.T) {
	from := project(t, nil)
	s := open(t, from)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, write := range map[string]func(ctx context.Context, path string, o Options) error{
		"onnx":        func(ctx context.Context, path string, o Options) error { return s.ONNX(ctx, path, Generator, o) },
		"safetensors": func(ctx context.Context, path string, o Options) error { return s.Safetensors(ctx, path, "", o) },
		"web":         s.Web,
		"metrics": func(ctx context.Context, path string, o Options) error {
			_, err := Metrics(ctx, from, 0, path, o)
			return err
		},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		if err := write(cancelled, path, Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v of a cancelled export", name, err)
		}
		if list, _ := os.ReadDir(dir); len(list) > 0 {
			t.Errorf("%s: %v is left of a cancelled export", name, list)
		}
		half, stop := context.WithCancel(t.Context())
		if err := write(half, path, Options{Progress: func(int64, int64) { stop() }}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v of an export that was cancelled half-way", name, err)
		}
		if list, _ := os.ReadDir(dir); len(list) > 0 {
			t.Errorf("%s: %v is left of an export that was cancelled half-way", name, list)
		}
		if err := os.WriteFile(path, []byte("old"), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := write(t.Context(), path, Options{}); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: error %v where there is a file", name, err)
		}
		told := int64(0)
		o := Options{Replace: true, Progress: func(done, total int64) {
			if done < told || done > total {
				t.Errorf("%s: %d of %d after %d", name, done, total, told)
			}
			told = done
		}}
		if err := write(t.Context(), path, o); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if b, _ := os.ReadFile(path); len(b) < 100 || told == 0 {
			t.Errorf("%s: %d bytes, %d of progress", name, len(b), told)
		}
	}
}

// Of the person's folders nothing goes to others.
func TestNoPaths(t *testing.T) {
	r, err := recipe.Named("digits")
	if err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]string{"/home/zoe/cats": "cats", `C:\Users\Zoe\cats\`: "cats", "/home/zoe/\xff": "\uFFFD", "digits": "digits"} {
		r.Data, r.From = data, "/home/zoe/old.ganvas"
		s := Source{Recipe: r, Run: ckpt.Run{Name: "cats"}}
		n, err := nn.New([]string{"linear 2"}, nn.Shape{2})
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		for _, p := range s.properties("1", Generator, false, n) {
			all[p.Key] = p.Value
			if strings.Contains(strings.ToLower(p.Value), "zoe") {
				t.Errorf("%s says %q", p.Key, p.Value)
			}
		}
		if text := all["ganvas.recipe"]; !strings.Contains(text, `data = "`+want+`"`) || all["ganvas.recipe_sha256"] != sumOf([]byte(text)) {
			t.Errorf("of %s the recipe says %s", data, text)
		}
	}
}
