package studio

import (
	"context"
	"errors"
	"image"
	"strings"
	"sync/atomic"

	"ganvas/app/titles"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/memory"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// Options are what a studio needs of its surroundings.
type Options struct {
	Do       func(func())          // runs a function on the goroutine to which the studio belongs
	Home     string                // folder for drafts, examples and gathered data
	Memory   Memory                // what is remembered
	Free     func() (int64, error) // bytes of memory that are free
	Examples []Example             // finished projects to show, the first of which is shown first
	// Copy puts a picture on the system's clipboard; nil: there is none.
	Copy    func(image.Image) error
	Version string // of the program, which pictures name
}

// Memory is what is remembered from one start to the next. It may be used from any goroutine.
type Memory interface {
	Last() string        // the project that was open last; "": none
	SetLast(path string) // "" forgets it
	Recent() []string    // absolute paths of projects, newest first
	AddRecent(path string)
	RemoveRecent(path string)
	RecentData() []string // absolute paths of data of one's own, newest first
	// AddRecentData also notes what of the files is an item, in words that Parts returns.
	AddRecentData(path, parts string)
	RemoveRecentData(path string)
	Parts(path string) string
	EnergySaving() bool // training is limited to one processor
	SetEnergySaving(on bool)
	StringList(key string) []string // what a page remembers; empty: nothing
	SetStringList(key string, list []string)
}

// A Studio is what the window works on. Its fields and methods belong to the goroutine of
// Options.Do.
type Studio struct {
	Options
	Events

	Jobs     *Jobs
	Work     *Work
	Plan     *Plan
	Data     *Data
	Projects *Projects
	Pictures *Pictures
	Training *Training
	Forecast *Forecast
	Runs     *Runs
	Run      *Run              // nil: nothing has been trained or opened yet
	Status   session.Status    // of Run, as last told
	Reason   string            // why the plan cannot be trained; empty: it can
	Differs  bool              // the plan is another run than the one that is open
	Beyond   *memory.NotEnough // the memory that the plan would take, where that is more than is free; nil: it is not

	processors int                 // that training may use unless it saves energy
	shown      atomic.Pointer[Run] // Run, for other goroutines
	told       int                 // process that was said to be training as well
}

// New returns a studio whose plan is the preset that everything begins with. It reads nothing yet.
func New(o Options) *Studio {
	s := &Studio{Options: o, Jobs: NewJobs(o.Do), processors: tensor.Threads()}
	s.Work = newWork(s.Jobs)
	s.Plan, s.Data, s.Projects, s.Training, s.Forecast = &Plan{s: s}, &Data{s: s}, &Projects{s: s}, &Training{s: s}, &Forecast{s: s}
	s.Pictures, s.Runs = &Pictures{s}, &Runs{s: s}
	s.Plan.reset(firstPlan())
	s.useProcessors()
	return s
}

// firstPlan returns the preset that everything begins with.
func firstPlan() *recipe.Recipe {
	if r, err := recipe.Named(recipe.DefaultPreset); err == nil {
		return r
	}
	return recipe.Default()
}

// Refresh finds out what follows from the plan, the data and the run, and tells everybody.
func (s *Studio) Refresh() {
	s.Differs = s.Run != nil && !s.Run.Recipe.Equal(s.Plan.Now())
	s.Beyond = nil
	s.Reason = s.whyNot()
	s.Changed.Emit(None{})
}

// whyNot says why the plan cannot be trained, in one sentence; empty where it can.
func (s *Studio) whyNot() string {
	d := s.Data
	switch {
	case s.Run == nil && s.Projects.Coming != "":
		return strings.TrimSuffix(s.Projects.Coming, " …")
	case d.Opening:
		return "The data are being read"
	case d.Err != nil && s.Plan.Now().Data == Drawn:
		return "Draw some points on the Data page first"
	case d.Err != nil && d.Whole != nil:
		return "The items to leave out were chosen in other data: choose again on the Data page"
	case d.Err != nil:
		return "The data could not be read: choose others on the Data page"
	case d.Set == nil:
		return "Choose data on the Data page first"
	case d.Set.Info().Kind == datasets.Table:
		return "A table can be looked at, not yet trained on: choose pictures or points on the Data page"
	}
	if refused := s.Plan.refused; len(refused) > 0 {
		return refused[0].reason
	}
	if s.Run != nil && !s.Differs && s.Status.Looking {
		return "Only the generator of this step is kept: go back to the newest step on the Judge page"
	}
	err := s.Plan.Now().Check(d.Shape())
	switch {
	case err == nil && s.Run != nil && !s.Differs:
		return "" // what it needs it has
	case err == nil:
		s.Beyond, err = beyondMemory(s.Plan.Now(), d.Classes(), s.Free)
		if s.Beyond != nil {
			return titles.OfEngine("Training " + s.Beyond.Reason())
		}
		if err == nil {
			return ""
		}
	}
	var invalid *recipe.Invalid
	if !errors.As(err, &invalid) {
		return words.Sentence(err.Error())
	}
	p := invalid.Problems[0]
	var m *nn.Misfit
	if errors.As(err, &m) || p.Misfit != nil {
		who := map[string]string{"g.layers": "generator", "d.layers": "discriminator"}[p.Key]
		return "The " + who + " does not fit: fix it on the Build page"
	}
	return words.Sentence(titles.OfEngine(p.String()))
}

// FailUnlessCancelled tells of an error of work that was not cancelled.
func (s *Studio) FailUnlessCancelled(err error) {
	if !errors.Is(err, context.Canceled) {
		s.Failed.Emit(err)
	}
}

// Inform says something beside the work.
func (s *Studio) Inform(text string, choices ...Choice) {
	s.Said.Emit(Message{Text: text, Choices: choices})
}

// Warn is Inform about something that went wrong.
func (s *Studio) Warn(text string, choices ...Choice) {
	s.Said.Emit(Message{Text: text, Warning: true, Choices: choices})
}

// informUndoable is Inform about an edit that can be taken back; "" takes the last message away.
func (s *Studio) informUndoable(text string) {
	if text == "" {
		s.Said.Emit(Message{})
		return
	}
	s.Inform(text, Choice{"Undo", s.Plan.Undo})
}

// take takes over news of the run.
func (s *Studio) take(n session.Snapshot) {
	wasRunning := s.Status.Running
	failed := n.Status.Err != nil && s.Status.Err == nil
	wasLooking := s.Status.Looking
	s.Status = n.Status
	s.News.Emit(News{Snapshot: n, Turned: wasRunning != n.Status.Running, Failed: failed})
	if n.Status.Running && !wasRunning {
		s.lookForOthers()
	}
	if n.Status.Looking != wasLooking {
		s.Refresh()
	}
}

// setRun has r be the run, nil for none.
func (s *Studio) setRun(r *Run) {
	s.Run = r
	s.shown.Store(r)
}

// A Subject tells whether what a question is about is still there.
type Subject func() bool

// ThisProject is the project that is open now.
func (s *Studio) ThisProject() Subject {
	r := s.Run
	return func() bool { return s.Run == r }
}

// ThisRun is the run that is open now, until another one takes its place, also in the same project.
func (s *Studio) ThisRun() Subject {
	r := s.Run
	if r == nil {
		return s.ThisProject()
	}
	n := r.Renewed()
	return func() bool { return s.Run == r && r.Renewed() == n }
}

// ThisPlan is the run that is open now beside the plan as it is now.
func (s *Studio) ThisPlan() Subject {
	plan, run := s.Plan.Now(), s.ThisRun()
	return func() bool { return s.Plan.Now() == plan && run() }
}

// ThisData is the data that the plan names now.
func (s *Studio) ThisData() Subject {
	data := s.Plan.Now().Data
	return func() bool { return s.Plan.Now().Data == data }
}
