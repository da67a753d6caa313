package export

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ganvas/engine/ckpt"
	"ganvas/engine/export/pytorch"
	"ganvas/engine/memory"
	"ganvas/engine/nn"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

// IsProject tells whether a path is that of a PyTorch project: a folder, or a zip file.
func IsProject(name string) bool {
	info, err := os.Stat(name)
	return err == nil && (info.IsDir() || strings.EqualFold(filepath.Ext(name), ".zip"))
}

// ProjectOf returns the folder of the PyTorch project whose state a file is, and other paths as
// they are.
func ProjectOf(name string) string {
	dir, file := filepath.Split(name)
	if _, err := os.Stat(filepath.Join(dir, pytorch.TrainFile)); file == pytorch.StateFile && err == nil {
		return filepath.Clean(dir)
	}
	return name
}

// importProject is Import of a PyTorch project, which goes on from where it is: with both players,
// the average, and what the optimisers remember. Where no step is asked for, the new run is a
// branch of the run at the step at which the project was exported, or at its newest checkpoint.
func importProject(ctx context.Context, project string, run, step int64, from string) (Imported, error) {
	file, err := readProject(from)
	if err != nil {
		return Imported{}, fmt.Errorf("import %s: %w", from, err)
	}
	f, err := ckpt.Open(project)
	if err != nil {
		return Imported{}, err
	}
	defer f.Close()
	return importProjectInto(ctx, f, run, step, from, file)
}

// importProjectInto adds the run to a project that is open for writing.
func importProjectInto(ctx context.Context, f *ckpt.File, run, step int64, from string, file *ckpt.State) (Imported, error) {
	at, err := strconv.ParseInt(file.Meta["step"], 10, 64)
	if err != nil || at < 0 {
		return Imported{}, fmt.Errorf("import %s: %s says step %q, want a number: choose a project as Ganvas has exported it", from, pytorch.StateFile, file.Meta["step"])
	}
	s, err := branchPoint(f, run, step, file)
	if err != nil {
		return Imported{}, err
	}
	if at < s.Step {
		return Imported{}, fmt.Errorf("import %s: it is at step %d, and the run at step %d: choose an earlier step of the run, or the run that it was exported from", from, at, s.Step)
	}
	taken, err := s.takeGame(file)
	if err != nil {
		return Imported{}, fmt.Errorf("import %s: %w", from, err)
	}
	if err := ctx.Err(); err != nil {
		return Imported{}, err
	}
	base := asText(filepath.Base(filepath.Clean(from)))
	why := ckpt.Event{Step: at, Kind: "from", Text: fmt.Sprintf("goes on from step %d to which PyTorch has trained it, in %s", at, base)}
	id, err := session.AddRun(f, s.Run, s.Step, s.Run.Name+", "+strings.TrimSuffix(base, filepath.Ext(base)), s.state, why)
	return Imported{Run: id, Step: at, Arrays: taken}, err
}

// branchPoint returns the run at the step that an imported state goes on from.
func branchPoint(f *ckpt.File, run, step int64, file *ckpt.State) (*Source, error) {
	r, err := f.RunByID(run)
	if err != nil {
		return nil, err
	}
	if step < 0 {
		if exported, err := strconv.ParseInt(file.Meta["ganvas.step"], 10, 64); err == nil && exported >= 0 {
			s, err := read(f, r.ID, exported, f.LoadFull)
			if err == nil {
				return s, nil
			}
			if !errors.Is(err, ckpt.ErrNoCheckpoint) && !errors.Is(err, ckpt.ErrThinned) {
				return nil, err
			}
		}
		if step, err = f.NewestGood(r.ID); err != nil {
			return nil, err
		}
	}
	return read(f, r.ID, step, f.LoadFull)
}

// readProject reads the state that a project keeps.
func readProject(from string) (*ckpt.State, error) {
	info, err := os.Stat(from)
	if err != nil {
		return nil, fmt.Errorf("%w: check the name", wholefile.Cause(err))
	}
	if info.IsDir() {
		state, err := readWeights(filepath.Join(from, pytorch.StateFile))
		if errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("it has no %s: choose the folder of a PyTorch project, or a file of weights", pytorch.StateFile)
		}
		return state, err
	}
	z, err := zip.OpenReader(from)
	if err != nil {
		return nil, fmt.Errorf("%w: choose a PyTorch project, or a file of weights", err)
	}
	defer z.Close()
	found := slices.DeleteFunc(slices.Clone(z.File), func(f *zip.File) bool { return path.Base(f.Name) != pytorch.StateFile })
	if len(found) != 1 {
		return nil, fmt.Errorf("it has %d files %s, want one: choose the zip file of one PyTorch project", len(found), pytorch.StateFile)
	}
	size := found[0].UncompressedSize64
	if err := memory.CheckFree("read it", 3*float64(size), ""); err != nil { // which also bounds it
		return nil, err
	}
	r, err := found[0].Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, int64(size)+1)) // whatever else it unpacks to
	if err != nil {
		return nil, fmt.Errorf("%s: %w: the zip file is damaged", found[0].Name, err)
	}
	return ckpt.DecodeSafetensors(b)
}

// takeGame puts all of a game into the state, and returns how many arrays it has.
func (s *Source) takeGame(file *ckpt.State) (int, error) {
	given := map[string]*ckpt.Entry{}
	for i, e := range file.Entries {
		given[e.Name] = &file.Entries[i]
	}
	entries := make(map[string]*ckpt.Entry, len(s.state.Entries))
	for i := range s.state.Entries {
		entries[s.state.Entries[i].Name] = &s.state.Entries[i]
	}
	taken := 0
	err := s.eachArray(func(name string, p *nn.Param, squares bool) error {
		e := given[name]
		if e == nil {
			return fmt.Errorf("%s is missing: choose a project that was exported of %s", name, s.Recipe.Name)
		}
		delete(given, name)
		values, err := arrayLike(e, p, s.Recipe.Name)
		if err != nil {
			return fmt.Errorf("%s %w", name, err)
		}
		if squares && slices.ContainsFunc(values, func(v float32) bool { return v < 0 }) {
			return fmt.Errorf("%s is a mean of squares and holds a negative number: it is damaged: use an older copy", name)
		}
		p.SetTorch(values)
		copy(entries[name].F32, p.Value.Data)
		taken++
		return nil
	})
	if err != nil {
		return 0, err
	}
	if len(given) > 0 {
		return 0, fmt.Errorf("%s is no array of %s: it is of another game: choose a project that was exported of this one", firstName(given), s.Recipe.Name)
	}
	return taken, s.takeCounters(file.Meta)
}

// mostCounted is what no counter reaches.
const mostCounted = 1e15

// takeCounters takes over what is counted, in the form in which a trainer writes it.
func (s *Source) takeCounters(about map[string]string) error {
	adaptive := false
	for _, key := range torchCounters {
		_, known := about[key]
		adaptive = adaptive || known && strings.HasPrefix(key, "ada.")
	}
	for _, key := range torchCounters {
		if strings.HasPrefix(key, "ada.") && !adaptive {
			delete(s.state.Meta, key) // none has been counted there
			continue
		}
		text, err := counterOf(key, about[key])
		if err != nil {
			return fmt.Errorf("%s is %q, want %w: choose a project as Ganvas has exported it", key, about[key], err)
		}
		s.state.Meta[key] = text
	}
	return nil
}

// counterOf returns a counter as a trainer writes it; the error says what it must be.
func counterOf(key, text string) (string, error) {
	if key != "ada.p" && key != "ada.signSum" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 || n > mostCounted {
			return "", errors.New("a whole number")
		}
		return strconv.FormatInt(n, 10), nil
	}
	x, err := strconv.ParseFloat(text, 64)
	switch {
	case key == "ada.p" && (err != nil || !(x >= 0 && x <= 1)):
		return "", errors.New("a probability")
	case err != nil || !(math.Abs(x) <= mostCounted):
		return "", errors.New("a number")
	}
	return strconv.FormatFloat(x, 'g', -1, 64), nil
}
