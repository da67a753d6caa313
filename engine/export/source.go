// Package export takes out of a project file what other programs read: models, weights, metrics,
// charts. It writes no project, but for Import, which brings weights back. Its files appear whole
// or not at all.
package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/memory"
	"ganvas/engine/nn"
	"ganvas/engine/provenance"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// A Source is a run of a project at one of its checkpoints.
type Source struct {
	Path     string // of the project
	Run      ckpt.Run
	Recipe   *recipe.Recipe
	Step     int64
	Classes  []string // names of the classes that the networks know
	Warnings []string // what is wrong with a project that can be used all the same

	state *ckpt.State
}

// Open reads a run of a project, the current one if it is 0, at a checkpoint, the newest if step is
// negative. The project is not changed, and may be in use by another Ganvas that trains it. With an
// error about the checkpoint comes a Source that has Warnings alone.
func Open(path string, run, step int64) (*Source, error) {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return read(f, run, step, f.Load)
}

// Now is a Source of the run of a session as it is at this instant, which no checkpoint may have
// yet. Training goes on meanwhile; it may wait for a step. Where the session looks at a step of
// which the generator alone is kept, only Open has what is known of it.
func Now(s *session.Session) (*Source, error) {
	if s.Status().Looking {
		return Open(s.Path(), s.RunID(), s.Status().Step)
	}
	kept, err := s.Checkpoints()
	if err != nil {
		return nil, err
	}
	if len(kept) > 0 {
		if err := memory.CheckFree("export the networks", copies*float64(kept[len(kept)-1].Bytes), ""); err != nil {
			return nil, err
		}
	}
	runs, err := s.Runs()
	if err != nil {
		return nil, err
	}
	of := &Source{Path: s.Path(), Recipe: s.Recipe(), state: s.State()}
	for _, r := range runs {
		if r.ID == s.RunID() {
			of.Run = r.Run
		}
	}
	of.Classes = session.ClassNames(of.state)
	of.Step, err = strconv.ParseInt(of.state.Meta["step"], 10, 64)
	return of, err
}

// copies is how often the weights of a run are in memory while they are exported from it.
const copies = 3

// read is Open of a project that is open; load is how its state is read.
func read(f *ckpt.File, id, step int64, load func(run, step int64) (*ckpt.State, error)) (*Source, error) {
	run, err := f.RunByID(id)
	if err != nil {
		return nil, err
	}
	s := &Source{Path: f.Path(), Run: run}
	if s.Recipe, err = session.RecipeOf(f, run); err != nil {
		return nil, err
	}
	if err := session.CheckSampling(f, run.ID, step, s.Recipe); err != nil {
		return nil, err
	}
	s.state, err = load(run.ID, step)
	s.Warnings = f.Warnings()
	if err != nil {
		return s, err
	}
	s.Classes = session.ClassNames(s.state)
	if s.Step, err = strconv.ParseInt(s.state.Meta["step"], 10, 64); err != nil {
		return s, fmt.Errorf("open %s: its checkpoint does not say of which step it is: use an older copy of the project", s.Path)
	}
	return s, nil
}

// State returns what the checkpoint holds, to be read only.
func (s *Source) State() *ckpt.State { return s.state }

// A Part is a player of the game.
type Part string

// The players.
const (
	Generator     Part = "g"
	Discriminator Part = "d"
)

// averaged tells whether the weights of a player are those of the averaged generator.
func (s *Source) averaged(part Part, raw bool) bool {
	return part == Generator && !raw && s.Recipe.EMA > 0
}

// Network returns a player: of the generator the averaged one where there is one, unless raw is
// set.
func (s *Source) Network(part Part, raw bool) (*nn.Net, error) {
	prefix := string(part) + "."
	if s.averaged(part, raw) {
		prefix = "ema."
	} else if !session.Holds(s.state, string(part)) {
		return nil, fmt.Errorf("read %s: the project keeps the averaged generator alone of this step: export that one, or choose a checkpoint of which all is kept", s.Path)
	}
	n, err := gan.NewG(s.Recipe, len(s.Classes))
	if err == nil && part == Discriminator {
		n, err = gan.NewD(s.Recipe, n.Out, len(s.Classes))
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", s.Path, err)
	}
	if err := Fill(n, s.state, prefix); err != nil {
		return nil, fmt.Errorf("read %s: %w", s.Path, err)
	}
	return n, nil
}

// Fill copies the weights and buffers of a network from a state, where their names begin with
// prefix.
func Fill(n *nn.Net, state *ckpt.State, prefix string) error {
	values := make(map[string][]float32, len(state.Entries))
	for _, e := range state.Entries {
		values[e.Name] = e.F32
	}
	for _, p := range slices.Concat(n.Params, n.Buffers) {
		name := nn.EntryName(prefix, p.Name)
		v, ok := values[name]
		if !ok || len(v) != len(p.Value.Data) {
			return fmt.Errorf("weights %s are missing, or of another shape than %v: the project is damaged: use an older copy", name, p.Value.Shape)
		}
		copy(p.Value.Data, v)
	}
	return nil
}

// Provenance returns what a picture says of the generator: the averaged one where there is one,
// unless raw is set.
func (s *Source) Provenance(version string, raw bool) provenance.Source {
	return session.ProvenanceOf(version, s.Path, s.Run, s.Recipe, s.Classes, s.Step, !raw)
}

// publicRecipe is the recipe as a TOML document that goes to others.
func publicRecipe(r *recipe.Recipe) []byte { return session.PublicRecipe(r).Bytes() }

// asText makes UTF-8 of a name, which formats ask for and names of files need not be.
func asText(name string) string { return strings.ToValidUTF8(name, "\uFFFD") }

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// A Property says something of a model to programs.
type Property struct{ Key, Value string }

// properties say what somebody needs who has the weights of a player and nothing else.
func (s *Source) properties(version string, part Part, raw bool, n *nn.Net) []Property {
	text := publicRecipe(s.Recipe)
	weights := "as trained"
	if s.averaged(part, raw) {
		weights = "averaged"
	}
	item := n.Out
	if part == Discriminator {
		item = n.In
	}
	kind, order, values := "point", "numbers", "as the data were scaled for training"
	if item.Picture() {
		kind, order, values = "picture", "NCHW", "-1 to 1"
	}
	list := []Property{
		{"ganvas.version", version},
		{"ganvas.part", string(part)},
		{"ganvas.weights", weights},
		{"ganvas.run", asText(s.Run.Name)},
		{"ganvas.step", strconv.FormatInt(s.Step, 10)},
		{"ganvas.item", kind},
		{"ganvas.layout", order},
		{"ganvas.values", values},
		{"ganvas.latent", fmt.Sprintf("%d %s", s.Recipe.Latent, s.Recipe.LatentKind)},
	}
	if s.Recipe.Classes() {
		names, _ := json.Marshal(s.Classes) // strings
		list = append(list, Property{"ganvas.classes", string(names)})
	}
	if part == Discriminator && s.Recipe.Pack > 1 {
		list = append(list, Property{"ganvas.pack", strconv.Itoa(s.Recipe.Pack)})
	}
	return append(list, Property{"ganvas.recipe", string(text)}, Property{"ganvas.recipe_sha256", sumOf(text)})
}

// Options say how something is written.
type Options struct {
	Version  string                  // of the program, which files name
	Replace  bool                    // whether a file that is there is replaced
	Raw      bool                    // the generator that plays, instead of its average
	Progress func(done, total int64) // in no unit that matters; may be nil
}

func (o Options) progress(done, total int64) {
	if o.Progress != nil {
		o.Progress(done, total)
	}
}

// counted tells of how much was written, and fails when ctx is cancelled.
type counted struct {
	io.Writer
	err  func() error
	told func(done int64)
	done int64
}

func (c *counted) Write(b []byte) (int, error) {
	if err := c.err(); err != nil {
		return 0, err
	}
	n, err := c.Writer.Write(b)
	c.done += int64(n)
	c.told(c.done)
	return n, err
}

// At is Open of a project that is open already.
func At(f *ckpt.File, run, step int64) (*Source, error) { return read(f, run, step, f.Load) }
