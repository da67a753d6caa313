// Package session is the life of one run: it owns the trainer, the data and the project file,
// trains on a goroutine of its own, publishes snapshots for the screen, and saves. It draws nothing
// on a screen and knows no window.
package session

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/eta"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Options are what a session may be told.
type Options struct {
	// Publish is called on the training goroutine after steps, at most ten times a second, whenever
	// the status changes, and on the goroutine of what is looked at. It must not wait.
	Publish func(Snapshot)
	// Autosave is the time of training between two savings; 0: 20 s.
	Autosave time.Duration
	// DataProgress is called while data are read; it may be nil.
	DataProgress func(done, total int)
	// Yield makes training give way to other threads of the computer, so that a window answers at
	// once.
	Yield bool
	// Home is a folder, such as Home(), in which other processes are told of the training; empty:
	// they are not.
	Home string
	// Replace lets Create take the place of what is at its path. That stays as it is until the
	// first save of something learnt.
	Replace bool
	// Run is the run of a project that is opened; 0: the current one. It is the current one from
	// then on.
	Run int64
	// Data is where the data of a project that is opened lie now, if not where its recipe says; "":
	// there. It is kept in the project.
	Data string
	// ReadData lets data be read that the user has not chosen, and whole disks: see
	// ForeignDataError.
	ReadData bool
	// Changed lets a run go on with data that have changed since it was trained. What has changed
	// is recorded in the run as an event.
	Changed bool
	// Beside has a run of CreateIn or OpenIn leave the current run of the project the current one.
	Beside bool
	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

// autosave is the usual time of training between two savings.
const autosave = 20 * time.Second

// Session is one run of a project. Its methods may be called from any goroutine.
type Session struct {
	options Options
	file    *ckpt.File
	write   func(ckpt.Save) error // file.Save, unless a test has another disk

	mu        sync.Mutex // held for the length of a training step: guards what a step works on
	trainer   *gan.Trainer
	loader    *datasets.Loader
	known     *datasets.Loader // semi-supervised: of items whose classes are known, otherwise nil
	view      *view
	monitor   monitor
	classTest *classTest       // nil: D names no classes
	rows      []ckpt.MetricRow // since the last saving
	events    []ckpt.Event     // since the last saving
	saved     int64            // step of the last saving; −1: none
	spent     time.Duration    // on steps since the last saving
	back      int64            // step to which the run went back since the last saving; −1: it did not
	keeper    keeper
	evaluator *evaluator // nil: nothing is trained
	judging   sync.WaitGroup
	machine   string // with which the run was trained last, as its events say
	here      string // with which it is trained now
	closed    bool
	motion    motion
	shared    bool           // the file is somebody else's, who closes it
	eta       *eta.Estimator // of the run's time; nil: it was not trained since it was opened. Training uses it without mu

	otherData bool  // the data are not those whose order was saved
	looking   error // why training cannot go on from the checkpoint that is shown; nil: it can. Written with both locks held

	ctl      sync.Mutex     // never held for long, and taken after mu: guards what the screen asks and says
	recipe   *recipe.Recipe // as the trainer has it; written with both locks held, as are data and run
	data     datasets.Set
	run      int64
	status   Status
	history  *history
	report   *doctor.Report   // the doctor's newest
	checkups []doctor.Checkup // that it has read
	pending  *recipe.Recipe   // with live keys that were set and not yet applied
	changes  []change
	past     *past
	bestBy   string // metric by which the best step is kept; "": none is
	best     best
	draft    bool
	job      *job
	warnings []string // what of the project could not be made sense of
	letGo    func()   // of the run, which cannot be deleted until then; nil: there is none

	lookout lookout // who looks at more than samples
}

// job is training that goes on.
type job struct {
	cancel context.CancelFunc
	done   chan struct{}
}

// change is a live key that was set and not yet applied.
type change struct{ key, value string }

// MetricNames are the columns of History and of the project file's metrics. New ones come last: the
// files of earlier versions have fewer.
var MetricNames = []string{"loss_d", "loss_g", "d_real", "d_fake", "grad_d", "grad_g", "penalty", "accuracy", "augment_p", "class_error"}

// Create starts a new run of r in a new project file; without a path in a draft in DraftDir. Data
// that are nil are opened from r.Data. After an error nothing of the file is left.
func Create(ctx context.Context, r *recipe.Recipe, data datasets.Set, path string, o Options) (*Session, error) {
	if err := CheckFree("train "+r.Name, r, data, false); err != nil {
		return nil, err
	}
	data, err := dataOf(ctx, r, data, o)
	if err != nil {
		return nil, err
	}
	s := newSession(o)
	if err := s.build(r, data); err != nil {
		return nil, err
	}
	if s.draft = path == ""; s.draft {
		if path, err = draftPath(s.options.Now()); err != nil {
			return nil, err
		}
	}
	file, err := ckpt.Begin(path, o.Replace)
	if err != nil {
		return nil, err
	}
	s.file, s.write = file, file.Save
	err = s.begin()
	if err == nil && !o.Replace {
		err = file.Publish()
	}
	if err != nil {
		return nil, errors.Join(err, s.file.Discard())
	}
	return s, nil
}

// Open opens a project and a run of it, the current one unless Options.Run names another, at its
// newest checkpoint.
func Open(ctx context.Context, path string, o Options) (*Session, error) {
	return OpenAt(ctx, path, -1, o)
}

// OpenAt opens a project as Open does, at the checkpoint of a step of the run; what comes after it
// is forgotten at the first save from there on. A negative step is the newest one. A project that
// cannot be written is opened for looking at it: training fails at once then, and SaveAs makes it
// writable.
func OpenAt(ctx context.Context, path string, step int64, o Options) (*Session, error) {
	file, err := ckpt.Open(path)
	if errors.Is(err, fs.ErrPermission) {
		file, err = ckpt.OpenReadOnly(path)
	}
	if err != nil {
		return nil, err
	}
	s := newSession(o)
	s.file, s.write = file, file.Save
	if err := s.load(ctx, step); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	s.draft = filepath.Dir(path) == DraftDir()
	return s, nil
}

func newSession(o Options) *Session {
	if o.Publish == nil {
		o.Publish = func(Snapshot) {}
	}
	if o.Autosave == 0 {
		o.Autosave = autosave
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Session{options: o, history: newHistory(), saved: -1, back: -1, here: machineName()}
	s.motion.changed, s.motion.served.L = make(chan struct{}, 1), &s.ctl
	return s
}

// DataOptions returns the preprocessing that a recipe asks for, and what it says of the items.
func DataOptions(r *recipe.Recipe) datasets.Options {
	o := datasets.Options{Size: r.ImageSize, Channels: r.Channels, Fit: r.Fit, Mirror: r.Mirror, Labels: r.Labels, Seed: r.Seed}
	o.FocusX, o.FocusY = r.FocusX-0.5, r.FocusY-0.5
	o.Background, o.LeaveOut, o.Drawn = r.BackgroundColour(), r.LeaveOut, r.Drawn
	o.Cell, o.Attribute, o.Cache = r.Cell, r.Attribute, CacheDir()
	if r.Stride > 1 { // every frame is what 0 stands for too
		o.Stride = r.Stride
	}
	return o
}

// ItemShape returns the shape of a set's items.
func ItemShape(s datasets.Set) nn.Shape { return nn.Shape(s.Info().Shape) }

func dataOf(ctx context.Context, r *recipe.Recipe, data datasets.Set, o Options) (datasets.Set, error) {
	if data != nil {
		return data, nil
	}
	if !o.ReadData {
		if err := CheckSource(r); err != nil {
			return nil, err
		}
	}
	return datasets.Open(ctx, r.Data, DataOptions(r), o.DataProgress)
}

// build makes trainer, data order and view of a recipe at step 0.
func (s *Session) build(r *recipe.Recipe, data datasets.Set) error {
	trainer, loaders, err := newTrainer(r, data)
	if err != nil {
		return err
	}
	test, err := newClassTest(trainer, r, data, loaders.part)
	if err != nil {
		return err
	}
	s.loader, s.known, s.trainer, s.view, s.classTest = loaders.all, loaders.known, trainer, newView(trainer, data, r), test
	s.rows, s.events, s.saved, s.back, s.spent, s.eta = nil, nil, -1, -1, 0, nil
	s.keeper, s.machine = newKeeper(trainer), ""
	s.lookout.turn()
	s.motion.shown.Store(nil)
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.recipe, s.data = r.Clone(), data
	s.history, s.pending, s.changes = newHistory(), nil, nil
	s.past, s.best = newPast(trainer, s.view, r), best{}
	s.newMonitor(r)
	s.status, s.looking = Status{Steps: int64(r.Steps)}, nil
	return nil
}

// begin writes a new run and its state at step 0 to the project.
func (s *Session) begin() error {
	if err := s.transfer(s.recipe); err != nil {
		return err
	}
	run, err := s.file.NewRun(ckpt.Run{
		Name: s.recipe.Name, Recipe: string(s.recipe.Bytes()), Start: string(s.recipe.Bytes()), DataFingerprint: s.data.Info().Fingerprint,
	})
	if err != nil {
		return err
	}
	if err := s.file.SetMetricNames(run, MetricNames); err != nil {
		return err
	}
	s.setRun(run)
	if err := errors.Join(s.keepRecord(run), s.readBest()); err != nil {
		return err
	}
	if err := s.save("manual"); err != nil {
		return err
	}
	RememberRead(s.recipe)
	return nil
}

func (s *Session) setRun(id int64) {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.letGo != nil {
		s.letGo()
	}
	s.run, s.letGo = id, s.file.Hold(id)
}

// load builds the run that the options ask for and restores a step of it.
func (s *Session) load(ctx context.Context, step int64) error {
	run, err := s.file.RunByID(s.options.Run)
	if err != nil {
		return err
	}
	opened, err := s.openRun(ctx, run, step, s.options)
	if err != nil {
		return err
	}
	return s.take(opened, step)
}

// addMetrics gives a run of an earlier version the columns that came later.
func (s *Session) addMetrics() error {
	if s.file.ReadOnly() {
		return nil
	}
	names, err := s.file.MetricNames(s.run)
	if err != nil || len(names) >= len(MetricNames) {
		return err
	}
	return s.file.SetMetricNames(s.run, MetricNames)
}

// Replace starts a new run in the same project, with another recipe and other data, from step 0.
// The old run stays in the file. It fails while training goes on.
func (s *Session) Replace(ctx context.Context, r *recipe.Recipe, data datasets.Set) error {
	release, err := s.occupy()
	if err != nil {
		return fmt.Errorf("start another run: %w", err)
	}
	defer s.publish(true)
	defer release()
	if data, err = dataOf(ctx, r, data, s.options); err != nil {
		return err
	}
	if err := r.Check(ItemShape(data)); err != nil {
		return err
	}
	if err := CheckFree("train "+r.Name, r, data, false); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.save("stop"); err != nil {
		return err
	}
	if err := s.build(r, data); err != nil {
		return err
	}
	return s.begin()
}

// Amend saves, and lets change add to the project file, a run for instance. The session goes on
// with its own run, which stays the current one. It fails while training goes on.
func (s *Session) Amend(change func(f *ckpt.File) error) error {
	release, err := s.occupy()
	if err != nil {
		return fmt.Errorf("change %s: %w", s.Path(), err)
	}
	defer release()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.save("stop"); err != nil {
		return err
	}
	if err := change(s.file); err != nil {
		return err
	}
	return s.makeCurrent()
}

// occupy keeps training from beginning until release is called. It fails if training goes on.
func (s *Session) occupy() (release func(), err error) {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.job != nil {
		return nil, errors.New("training goes on: pause it first")
	}
	j := &job{func() {}, make(chan struct{})}
	s.job = j
	return func() {
		s.ctl.Lock()
		defer s.ctl.Unlock()
		s.job = nil
		close(j.done)
	}, nil
}

// Close stops training, saves, and closes the project; why training stopped by itself is said by
// Wait. Closing again does nothing.
func (s *Session) Close() error {
	s.Pause()
	_ = s.Wait()
	s.judging.Wait()
	s.lookout.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if s.shared {
		err := s.save("stop")
		s.release()
		return err
	}
	return errors.Join(s.save("stop"), s.rescue(), RemoveDeleted(s.file), s.file.Close())
}
