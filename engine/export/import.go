package export

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/engine/ckpt"
	"ganvas/engine/memory"
	"ganvas/engine/nn"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

// Imported is what Import has added.
type Imported struct {
	Run    int64 // the new one, which is now the current one
	Step   int64 // at which it goes on
	Arrays int   // that were taken
}

// Import adds a run to a project that goes on from a run of it, the current one if it is 0, at its
// newest checkpoint that training can go on from, or at step if that is not negative, with the
// weights of a safetensors file: those of Safetensors, or a state dict of one network as PyTorch
// saves it. Of a bare state dict part says whose it is, if the file does not.
//
// The players that the file has are taken whole: an array that is missing, unknown, of another
// shape, or not finite is refused by its name, and the project stays as it is. Their optimisers
// begin anew. A generator without an average beside it also becomes the average.
//
// Of a PyTorch project, a folder, a zip file, or the state in such a folder, all is taken: the run
// goes on from where it is there, with what the optimisers remember.
func Import(ctx context.Context, project string, run, step int64, weights string, part Part) (Imported, error) {
	weights = ProjectOf(weights)
	if IsProject(weights) {
		if part != "" {
			return Imported{}, fmt.Errorf("import %s: it is a PyTorch project, of which all is taken: leave out --part", weights)
		}
		return importProject(ctx, project, run, step, weights)
	}
	file, err := readWeights(weights)
	if err != nil {
		return Imported{}, fmt.Errorf("import %s: %w", weights, err)
	}
	f, err := ckpt.Open(project)
	if err != nil {
		return Imported{}, err
	}
	defer f.Close()
	return importInto(ctx, f, run, step, weights, file, part)
}

// ImportInto is Import into the project that a session has open, from the step at which its run
// stands, which is saved first; where the generator alone is kept of that step, from the newest one
// from which training can go on. The session goes on with the run that it has: SwitchRun opens the
// new one. It fails while training goes on.
func ImportInto(ctx context.Context, s *session.Session, weights string, part Part) (in Imported, err error) {
	reading := readWeights
	if IsProject(weights) {
		reading = readProject
	}
	file, err := reading(weights)
	if err != nil {
		return Imported{}, fmt.Errorf("import %s: %w", weights, err)
	}
	run := s.RunID()
	err = s.Amend(func(f *ckpt.File) error {
		if IsProject(weights) {
			in, err = importProjectInto(ctx, f, run, -1, weights, file)
			return err
		}
		step := int64(-1)
		if now := s.Status(); !now.Looking {
			step = now.Step
		}
		in, err = importInto(ctx, f, run, step, weights, file, part)
		return err
	})
	return in, err
}

// CheckWeights reads a file as Import does, and fails where that would whatever the project is:
// with ErrWhose if it needs a part.
func CheckWeights(weights string) error {
	var file *ckpt.State
	var err error
	if IsProject(weights) {
		_, err = readProject(weights)
	} else if file, err = readWeights(weights); err == nil {
		_, err = prefixOf(file, "")
	}
	if err != nil {
		return fmt.Errorf("import %s: %w", weights, err)
	}
	return nil
}

// importInto adds the run to a project that is open for writing.
func importInto(ctx context.Context, f *ckpt.File, run, step int64, weights string, file *ckpt.State, part Part) (Imported, error) {
	if step < 0 {
		from, err := f.RunByID(run)
		if err != nil {
			return Imported{}, err
		}
		if step, err = f.NewestGood(from.ID); err != nil {
			return Imported{}, err
		}
	}
	s, err := read(f, run, step, f.LoadFull)
	if err != nil {
		return Imported{}, err
	}
	taken, err := s.take(file, part)
	if err != nil {
		return Imported{}, fmt.Errorf("import %s: %w", weights, err)
	}
	if err := ctx.Err(); err != nil {
		return Imported{}, err
	}
	why := ckpt.Event{Step: s.Step, Kind: "from", Text: fmt.Sprintf("goes on with %d arrays of %s", taken, asText(filepath.Base(weights)))}
	name := s.Run.Name + ", " + strings.TrimSuffix(filepath.Base(weights), filepath.Ext(weights))
	id, err := session.AddRun(f, s.Run, s.Step, asText(name), s.state, why)
	return Imported{Run: id, Step: s.Step, Arrays: taken}, err
}

// readWeights reads a file whole, if there is memory for it and what it becomes.
func readWeights(path string) (*ckpt.State, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%w: check the name", wholefile.Cause(err))
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no file: choose a file of weights")
	}
	if err := memory.CheckFree("read it", 3*float64(info.Size()), ""); err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ckpt.DecodeSafetensors(b)
}

// take puts the arrays of a file into the state, and returns how many they were.
func (s *Source) take(file *ckpt.State, part Part) (int, error) {
	prefix, err := prefixOf(file, part)
	if err != nil {
		return 0, err
	}
	given := map[string]*ckpt.Entry{}
	for i, e := range file.Entries {
		if !strings.HasSuffix(e.Name, ".num_batches_tracked") { // PyTorch counts steps; nothing follows from them
			given[prefix+e.Name] = &file.Entries[i]
		}
	}
	has := map[string]bool{}
	for name := range given {
		has[session.PlayerOf(name)] = true
	}
	if has["ema"] && s.Recipe.EMA == 0 {
		return 0, fmt.Errorf("it has an averaged generator, and the run has none: choose weights without one")
	}
	taken := 0
	for _, player := range []string{"g", "d", "ema"} {
		if !has[player] {
			continue
		}
		into := []string{player}
		switch {
		case player == "g" && s.Recipe.EMA > 0 && !has["ema"]:
			into = append(into, "ema")
		case player == "ema" && !has["g"]:
			into = append(into, "g")
		}
		n, err := s.takePlayer(player, into, given)
		if err != nil {
			return 0, err
		}
		taken += n
	}
	if len(given) > 0 {
		return 0, fmt.Errorf("%s is no array of the networks of %s: it is of another network: choose weights of one like it", firstName(given), s.Recipe.Name)
	}
	if taken == 0 {
		return 0, fmt.Errorf("it has no weights")
	}
	return taken, nil
}

func firstName(given map[string]*ckpt.Entry) string {
	first := ""
	for name := range given {
		if first == "" || name < first {
			first = name
		}
	}
	return first
}

// ErrWhose is the error of a state dict that does not say of which player it is.
var ErrWhose = errors.New("it does not say whose weights they are")

// prefixOf returns what the names of a file lack: nothing, or the player where they are those of a
// state dict.
func prefixOf(file *ckpt.State, part Part) (string, error) {
	bare, named := "", ""
	for _, e := range file.Entries {
		switch session.PlayerOf(e.Name) {
		case "g", "d", "ema":
			named = e.Name
		default:
			bare = e.Name
		}
	}
	if bare == "" {
		return "", nil
	}
	if named != "" {
		return "", fmt.Errorf("%s has no player in its name, and %s has: name all arrays in one way", bare, named)
	}
	if own := Part(file.Meta["ganvas.part"]); own == Generator || own == Discriminator {
		if part != "" && part != own {
			return "", fmt.Errorf("it says that it is a %s: leave out --part, or choose another file", title(own))
		}
		part = own
	}
	if part == "" {
		return "", fmt.Errorf("%w: say g or d with --part", ErrWhose)
	}
	return string(part) + ".", nil
}

// takePlayer puts the arrays of a player into the state of one or two, begins their optimiser anew,
// and takes them off the list.
func (s *Source) takePlayer(player string, into []string, given map[string]*ckpt.Entry) (int, error) {
	part := Generator
	if player == "d" {
		part = Discriminator
	}
	n, err := s.Network(part, true)
	if err != nil {
		return 0, err
	}
	entries := make(map[string]*ckpt.Entry, len(s.state.Entries))
	for i := range s.state.Entries {
		entries[s.state.Entries[i].Name] = &s.state.Entries[i]
	}
	all := slices.Concat(n.Params, n.Buffers)
	for _, p := range all {
		name := nn.EntryName(player+".", p.Name)
		e := given[name]
		if e == nil {
			return 0, fmt.Errorf("%s is missing: choose weights of a network like that of %s", name, s.Recipe.Name)
		}
		delete(given, name)
		values, err := arrayLike(e, p, s.Recipe.Name)
		if err != nil {
			return 0, fmt.Errorf("%s %w", name, err)
		}
		p.SetTorch(values)
		for _, to := range into {
			name := nn.EntryName(to+".", p.Name)
			own := entries[name]
			if own == nil || len(own.F32) != len(p.Value.Data) {
				return 0, fmt.Errorf("%s is missing in %s, or of another shape: the project is damaged: use an older copy", name, s.Path)
			}
			copy(own.F32, p.Value.Data)
		}
	}
	s.forgetSteps(string(part))
	return len(all), nil
}

// forgetSteps begins a player's optimiser anew: what it remembers is of other weights.
func (s *Source) forgetSteps(player string) {
	for _, e := range s.state.Entries {
		if session.PlayerOf(e.Name) == "opt"+player {
			clear(e.F32)
		}
	}
	s.state.Meta["opt"+player+".steps"] = "0"
}

// arrayLike returns the values of an array, which must be finite and of the shape of p.
func arrayLike(e *ckpt.Entry, p *nn.Param, recipe string) ([]float32, error) {
	values, err := float32s(e)
	if err == nil && !slices.Equal(e.Shape, p.TorchShape()) {
		err = fmt.Errorf("has shape %v, and that of %s has %v: choose weights of a network like it", e.Shape, recipe, p.TorchShape())
	}
	return values, err
}

// float32s returns the values of an array, which must be finite.
func float32s(e *ckpt.Entry) ([]float32, error) {
	values := e.F32
	switch e.DType {
	case "F32", "F16":
	case "F64":
		values = make([]float32, len(e.F64))
		for i, v := range e.F64 {
			values[i] = float32(v)
		}
	default:
		return nil, fmt.Errorf("is of type %s: save it as F32", e.DType)
	}
	for _, v := range values {
		if v != v || math.IsInf(float64(v), 0) {
			return nil, fmt.Errorf("holds a number that is not finite: choose weights of before the training broke down")
		}
	}
	return values, nil
}
