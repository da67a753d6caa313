package session

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/tensor"
)

const (
	dataEntry  = "data"       // entry of a state with the order of the data
	knownEntry = "data.known" // and of the items of known classes
)

// State returns a copy of everything that the next step depends on.
func (s *Session) State() *ckpt.State {
	s.lockWhole()
	defer s.unlockWhole()
	return s.copyState()
}

// copyState is State for a caller that holds mu.
func (s *Session) copyState() *ckpt.State {
	st := s.state()
	for i := range st.Entries {
		st.Entries[i].F32 = slices.Clone(st.Entries[i].F32)
	}
	return st
}

// state returns what the next step depends on, as it lies in the trainer, the core first: it holds
// until the caller gives mu back.
func (s *Session) state() *ckpt.State {
	st := trainerState(s.trainer, loaders{all: s.loader, known: s.known})
	nameClasses(st, s.recipe, s.data)
	return st
}

// trainerState returns the state of a trainer and its data, without the names of classes.
func trainerState(t *gan.Trainer, l loaders) *ckpt.State {
	st := &ckpt.State{Meta: t.Meta()}
	shown := "g"
	if t.Average != nil {
		shown = "ema"
	}
	var core []ckpt.Entry
	t.Tensors(func(name string, x *tensor.Tensor) {
		e := ckpt.Entry{Name: name, DType: "F32", Shape: x.Shape, F32: x.Data}
		if PlayerOf(name) == shown {
			core = append(core, e)
		} else {
			st.Entries = append(st.Entries, e)
		}
	})
	order := func(name string, l *datasets.Loader) {
		if l != nil {
			at := l.State()
			st.Entries = append(st.Entries, ckpt.Entry{Name: name, DType: "U8", Shape: []int{len(at)}, U8: at})
		}
	}
	order(dataEntry, l.all)
	order(knownEntry, l.known)
	st.Entries = append(core, st.Entries...)
	return st
}

// coreOf returns how many entries, the first of a state, make its generator, the averaged one where
// there is one. They are what an older checkpoint keeps.
func coreOf(st *ckpt.State) int {
	n := 0
	for n < len(st.Entries) && PlayerOf(st.Entries[n].Name) == PlayerOf(st.Entries[0].Name) {
		n++
	}
	return n
}

// Holds tells whether a state has weights of a player: "g", "d", or "ema", the averaged generator.
func Holds(st *ckpt.State, player string) bool {
	return slices.ContainsFunc(st.Entries, func(e ckpt.Entry) bool { return PlayerOf(e.Name) == player })
}

// PlayerOf returns the network, without its number, that an entry is of: "g" of "g1.0.weight".
func PlayerOf(name string) string {
	player, _, _ := strings.Cut(name, ".")
	return strings.TrimRight(player, "0123456789")
}

// setState restores a state that state returned for the same recipe.
func (s *Session) setState(st *ckpt.State) error {
	return setStateOf(s.trainer, loaders{all: s.loader, known: s.known}, st, s.otherData)
}

// setStateOf restores a state of a trainer and its data; where these are others, they only go on
// from about where they were.
func setStateOf(t *gan.Trainer, l loaders, st *ckpt.State, otherData bool) error {
	entries := make(map[string]ckpt.Entry, len(st.Entries))
	for _, e := range st.Entries {
		entries[e.Name] = e
	}
	var err error
	t.Tensors(func(name string, x *tensor.Tensor) {
		e, ok := entries[name]
		if !ok || len(e.F32) != len(x.Data) {
			err = errors.Join(err, fmt.Errorf("restore %s: missing, or of another shape than %v", name, x.Shape))
			return
		}
		copy(x.Data, e.F32)
	})
	if err != nil {
		return err
	}
	if err := t.SetMeta(maps.Clone(st.Meta)); err != nil {
		return err
	}
	if otherData {
		return l.all.Proceed(entries[dataEntry].U8) // that of the known items begins anew
	}
	if l.known != nil {
		if err := l.known.Restore(entries[knownEntry].U8); err != nil {
			return err
		}
	}
	return l.all.Restore(entries[dataEntry].U8)
}

// sheetPNG returns the contact sheet of a saving; nil: it has none.
func (s *Session) sheetPNG() []byte {
	if s.keeper.brief {
		return nil
	}
	return s.view.png(s.trainer)
}

// saveAuto saves while training goes on. A saving that is made for lack of room has no contact sheet:
// these would come too often, and they are not thinned. The caller holds mu.
func (s *Session) saveAuto(due bool) error {
	s.keeper.brief = !due
	defer func() { s.keeper.brief = false }()
	return s.save("auto")
}

// save writes what the project does not have yet: nothing while a thinned checkpoint is shown. The
// caller holds mu.
func (s *Session) save(kind string) error {
	news := s.saved != s.trainer.Step || len(s.rows) > 0 || len(s.events) > 0 || len(s.keeper.views) > 0
	if news && s.looking == nil {
		if err := s.put(kind); err != nil {
			return err
		}
	}
	if err := s.publishFile(); err != nil {
		return err
	}
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.status.SaveErr != nil && errors.Is(s.status.Err, s.status.SaveErr) {
		s.status.Err = nil // that a pause could not be saved
	}
	s.status.SaveErr = nil
	return nil
}

// keepAutos is how many of the latest automatic checkpoints stay.
const keepAutos = 2

// put writes the state and what was recorded since the last saving. The caller holds mu.
func (s *Session) put(kind string) error {
	step := s.trainer.Step
	var sheets []ckpt.Sheet
	if png := s.sheetPNG(); png != nil {
		sheets = append(sheets, ckpt.Sheet{Step: step, PNG: png})
	}
	state := s.state()
	if s.keeper.withViews && step >= s.keeper.nextView && !slices.ContainsFunc(s.keeper.views, func(v ckpt.View) bool { return v.Step == step }) {
		if err := s.keepView(step); err != nil {
			return err
		}
	}
	s.keeper.thin(step)
	err := s.write(ckpt.Save{
		Run: s.run, Step: step, ImagesSeen: s.loader.Seen(), Kind: kind, State: state, Core: coreOf(state), Keep: keepAutos,
		Recipe: string(s.recipe.Bytes()), Metrics: s.rows, Events: s.events, Sheets: sheets, Beside: s.options.Beside, Trained: s.spent,
		Spaced: fullSpaced, Apart: s.keeper.apart(), Earlier: s.keeper.earlier(step), Views: s.keeper.views, Back: s.back >= 0, From: s.back,
	})
	if err != nil {
		return err
	}
	s.rows, s.events, s.saved, s.back, s.spent = s.rows[:0], nil, step, -1, 0
	s.keeper.kept(step)
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.status.LastSave, s.status.Ahead = s.options.Now(), 0
	return nil
}

// publishFile gives a project that replaces another its name once it holds something learnt. The
// caller holds mu.
func (s *Session) publishFile() error {
	if s.saved < 1 {
		return nil
	}
	return s.file.Publish()
}

// rescue gives a project that could not take the place of another a name of its own, if it holds
// something learnt.
func (s *Session) rescue() error {
	if s.saved < 1 || !s.file.Pending() {
		return nil
	}
	wanted := s.file.Path()
	path, err := s.file.PublishBeside()
	if err != nil {
		return err
	}
	return fmt.Errorf("save %s: what is there could not be replaced: the new run is in %s", wanted, path)
}

// Pending tells whether the project has not yet taken the place of what it replaces, which is there
// as it was.
func (s *Session) Pending() bool { return s.file.Pending() }

// ReadOnly tells whether the project cannot be written, so that training fails at once until SaveAs
// gave it another place.
func (s *Session) ReadOnly() bool { return s.file.ReadOnly() }

// Warnings returns what is damaged in the project and does not keep the run from going on, a line
// each.
func (s *Session) Warnings() []string {
	s.ctl.Lock()
	own := slices.Clone(s.warnings)
	s.ctl.Unlock()
	return append(s.file.Warnings(), own...)
}

// restore goes back to a saved step, or to the newest if step is negative, with the history up to
// there. The caller holds mu.
func (s *Session) restore(step int64) error {
	st, err := s.file.LoadFull(s.run, step)
	if err != nil {
		return err
	}
	s.motion.shown.Store(nil)
	if err := s.setState(st); err != nil {
		return fmt.Errorf("open %s: %w", s.file.Path(), err)
	}
	s.setLooking(nil)
	return s.goneBack(s.loader.Seen())
}

// goneBack follows the trainer to a step of the past, by which so many items were seen. The caller
// holds mu.
func (s *Session) goneBack(seen int64) error {
	way, _, err := s.way()
	if err != nil {
		return err
	}
	events, err := eventsOf(s.file, way)
	if err != nil {
		return err
	}
	s.rows, s.events, s.saved, s.back, s.spent = nil, nil, s.trainer.Step, s.trainer.Step, 0
	s.keeper.reset(s.trainer.Step)
	h := newHistory()
	last := s.recall(events, h)
	var since []gan.Stats // since the last checkup
	err = eachMetric(s.file, way, func(r ckpt.MetricRow) {
		if r.Step >= s.trainer.Step {
			return
		}
		h.add(r.Step, r.Values)
		if r.Step >= last {
			since = append(since, statsOf(r.Values))
		}
	})
	if err != nil {
		return err
	}
	s.monitor.examiner.Resume(since)
	s.consult()
	if err := s.readBest(); err != nil {
		return err
	}
	ahead, err := s.ahead()
	if err != nil {
		return err
	}
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.history, s.status.Ahead = h, ahead
	s.status.Step, s.status.Steps = s.trainer.Step, int64(s.recipe.Steps)
	s.status.ImagesSeen = seen
	s.status.Epoch = float64(seen) / float64(max(1, s.loader.Len()))
	return nil
}

// ahead returns the newest step that is kept of the run if that is after the present one, else 0.
// The caller holds mu.
func (s *Session) ahead() (int64, error) {
	list, err := s.file.Checkpoints(s.run)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	if newest := list[len(list)-1].Step; newest > s.trainer.Step {
		return newest, nil
	}
	return 0, nil
}

// SaveAs saves, copies the project to path, where it replaces what is there, and goes on in the
// copy. A draft is removed.
func (s *Session) SaveAs(path string) error {
	s.lockWhole()
	defer s.unlockWhole()
	if err := s.save("manual"); err != nil {
		return err
	}
	old := s.file.Path()
	if err := s.file.SaveAs(path); err != nil {
		return err
	}
	if err := moved(s.file, old); err != nil {
		return err
	}
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.draft {
		s.draft = false
		return os.Remove(old)
	}
	return nil
}

// Save saves now.
func (s *Session) Save() error {
	s.lockWhole()
	defer s.unlockWhole()
	return s.save("manual")
}
