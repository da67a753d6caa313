package export

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/export/pytorch"
	"ganvas/engine/nn"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

// PyTorch writes the run as a project of PyTorch that goes on with it: into a new folder, or a zip
// file if path ends so. What the project cannot express is refused by its name.
func (s *Source) PyTorch(ctx context.Context, path string, o Options) error {
	packed := strings.EqualFold(filepath.Ext(path), ".zip")
	if err := checkNew(path, packed, o); err != nil {
		return err
	}
	p, err := s.torchProject(o)
	if err != nil {
		return err
	}
	texts, err := p.Files()
	if err != nil {
		return err
	}
	state, err := s.torchGame(o, p)
	if err != nil {
		return err
	}
	arrays := []namedState{{pytorch.StateFile, state}}
	if p.Builtin {
		data, err := s.torchData(ctx)
		if err != nil {
			return err
		}
		arrays = append(arrays, namedState{pytorch.DataFile, data})
	}
	fill := func(create func(name string) (io.WriteCloser, error)) error {
		return fillProject(ctx, create, texts, arrays, o)
	}
	if !packed {
		return wholefile.WriteFolder(path, func(folder string) error {
			return fill(func(name string) (io.WriteCloser, error) { return os.Create(filepath.Join(folder, name)) })
		})
	}
	return wholefile.Write(path, wholefile.Mode(o.Replace), func(w io.Writer) error {
		z := zip.NewWriter(w)
		top := strings.TrimSuffix(asText(filepath.Base(path)), filepath.Ext(path))
		err := fill(func(name string) (io.WriteCloser, error) {
			f, err := z.Create(top + "/" + name)
			return unclosed{f}, err
		})
		if err != nil {
			return err
		}
		return z.Close()
	})
}

// checkNew fails if what is at path must stay.
func checkNew(path string, packed bool, o Options) error {
	if packed {
		return wholefile.Check(path, wholefile.Mode(o.Replace))
	}
	return wholefile.CheckFolder(path)
}

// unclosed is a part of a file that ends with the next one.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// A namedState are arrays of a project.
type namedState struct {
	name  string
	state *ckpt.State
}

func fillProject(ctx context.Context, create func(name string) (io.WriteCloser, error), texts []pytorch.File, arrays []namedState, o Options) error {
	total, before := int64(0), int64(0)
	for _, a := range arrays {
		total += bytesOf(a.state)
	}
	put := func(name string, told func(done int64), write func(w io.Writer) error) error {
		f, err := create(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := write(&counted{Writer: f, err: ctx.Err, told: told}); err != nil {
			return err
		}
		return f.Close()
	}
	for _, t := range texts {
		err := put(t.Name, func(int64) {}, func(w io.Writer) error {
			_, err := w.Write(t.Content)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, a := range arrays {
		own := bytesOf(a.state)
		told := func(done int64) { o.progress(before+min(done, own), total) } // besides there is a header
		if err := put(a.name, told, func(w io.Writer) error { return ckpt.EncodeSafetensors(w, a.state) }); err != nil {
			return err
		}
		before += own
	}
	return nil
}

func bytesOf(s *ckpt.State) (n int64) {
	for _, e := range s.Entries {
		n += 4*int64(len(e.F32)) + int64(len(e.U8)) + 8*int64(len(e.I64))
	}
	return n
}

// torchProject returns the texts' part of a project.
func (s *Source) torchProject(o Options) (pytorch.Project, error) {
	d, err := s.Network(Discriminator, true) // which tells the shape of the items, and that the state is full
	if err != nil {
		return pytorch.Project{}, err
	}
	builtin, r := datasets.IsBuiltin(s.Recipe.Data), session.PublicRecipe(s.Recipe)
	item := slices.Clone(d.In)
	item[len(item)-1] /= max(1, r.Pack)
	p := pytorch.Project{Recipe: r, Builtin: builtin, Item: nn.Shape(item), Version: o.Version}
	if r.Classes() {
		p.Classes = s.Classes
	}
	return p, nil
}

// players are the networks of a state by the beginnings of their arrays' names.
func (s *Source) players() (map[string]*nn.Net, error) {
	out := map[string]*nn.Net{}
	for prefix, part := range map[string]Part{"g.": Generator, "d.": Discriminator, "ema.": Generator} {
		if prefix == "ema." && s.Recipe.EMA == 0 {
			continue
		}
		n, err := s.Network(part, prefix != "ema.")
		if err != nil {
			return nil, err
		}
		out[prefix] = n
	}
	return out, nil
}

// eachArray calls f with every array that a PyTorch project keeps of the run: its name, a place for
// it that knows PyTorch's order, and whether it holds squares.
func (s *Source) eachArray(f func(name string, p *nn.Param, squares bool) error) error {
	nets, err := s.players()
	if err != nil {
		return err
	}
	for _, prefix := range slices.Sorted(maps.Keys(nets)) {
		for _, p := range slices.Concat(nets[prefix].Params, nets[prefix].Buffers) {
			if err := f(nn.EntryName(prefix, p.Name), p, false); err != nil {
				return err
			}
		}
	}
	for _, player := range []string{"d", "g"} {
		for _, p := range nets[player+"."].Params {
			for _, what := range []string{".m", ".v"} {
				name := nn.EntryName("opt"+player+".", p.Name+what)
				if !slices.ContainsFunc(s.state.Entries, func(e ckpt.Entry) bool { return e.Name == name }) {
					continue
				}
				if err := f(name, p, what == ".v"); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// torchGame returns all that training goes on from, in PyTorch's shapes and order.
func (s *Source) torchGame(o Options, p pytorch.Project) (*ckpt.State, error) {
	values := make(map[string][]float32, len(s.state.Entries))
	for _, e := range s.state.Entries {
		values[e.Name] = e.F32
	}
	out := &ckpt.State{Meta: map[string]string{
		"format": "pt", "ganvas.version": o.Version, "ganvas.run": asText(s.Run.Name), "ganvas.step": strconv.FormatInt(s.Step, 10),
		"ganvas.recipe": string(p.Recipe.Bytes()), "ganvas.recipe_sha256": sumOf(p.Recipe.Bytes()),
	}}
	for _, key := range torchCounters {
		if v, ok := s.state.Meta[key]; ok {
			out.Meta[key] = v
		}
	}
	err := s.eachArray(func(name string, p *nn.Param, _ bool) error {
		v := values[name]
		if len(v) != len(p.Value.Data) {
			return fmt.Errorf("read %s: %s is missing, or of another shape than %v: the project is damaged: use an older copy", s.Path, name, p.Value.Shape)
		}
		copy(p.Value.Data, v)
		out.Entries = append(out.Entries, ckpt.Entry{Name: name, DType: "F32", Shape: p.TorchShape(), F32: p.Torch()})
		return nil
	})
	return out, err
}

// torchCounters are what besides arrays goes there and comes back.
var torchCounters = []string{"step", "optg.steps", "optd.steps", "ada.p", "ada.signSum", "ada.updates"}

// torchData returns the items that training deals out, pictures as bytes with channels first: all
// built-in ones are of bytes, but for the shapes, which are rounded.
func (s *Source) torchData(ctx context.Context) (*ckpt.State, error) {
	set, known, err := session.TrainingItems(ctx, s.Recipe)
	if err != nil {
		return nil, fmt.Errorf("read the data of %s: %w", s.Path, err)
	}
	n, shape := set.Len(), nn.Shape(set.Info().Shape)
	item := make([]float32, shape.Size())
	items := ckpt.Entry{Name: "items", DType: "F32", Shape: append([]int{n}, shape...)}
	if shape.Picture() {
		items.DType, items.Shape = "U8", []int{n, shape[2], shape[0], shape[1]}
	}
	labels := ckpt.Entry{Name: "labels", DType: "I64", Shape: []int{n}}
	for i := range n {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		label, err := datasets.TryRead(set, i, item)
		if err != nil {
			return nil, fmt.Errorf("read the data of %s: item %d: %w", s.Path, i, err)
		}
		labels.I64 = append(labels.I64, int64(label))
		if !shape.Picture() {
			items.F32 = append(items.F32, item...)
			continue
		}
		for c := range shape[2] {
			for at := c; at < len(item); at += shape[2] {
				items.U8 = append(items.U8, uint8((item[at]+1)*127.5+0.5))
			}
		}
	}
	out := &ckpt.State{Entries: []ckpt.Entry{items}}
	if s.Recipe.Classes() {
		out.Entries = append(out.Entries, labels)
	}
	if known != nil {
		e := ckpt.Entry{Name: "known", DType: "I64", Shape: []int{len(known)}}
		for _, k := range known {
			e.I64 = append(e.I64, int64(k))
		}
		out.Entries = append(out.Entries, e)
	}
	return out, nil
}

// TorchState writes what state.safetensors of a PyTorch project holds.
func (s *Source) TorchState(w io.Writer, o Options) error {
	p, err := s.torchProject(o)
	if err != nil {
		return err
	}
	state, err := s.torchGame(o, p)
	if err != nil {
		return err
	}
	return ckpt.EncodeSafetensors(w, state)
}
