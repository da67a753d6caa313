package session

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
)

// A BranchPlan says what a branch from a step takes.
type BranchPlan struct {
	Step     int64
	Run      int64         // that has the step: the session's own, or one that it goes on from
	From     int64         // the full checkpoint from which steps are replayed
	Replay   int64         // how many
	Time     time.Duration // that takes; 0: unknown, or nothing is replayed
	SameBits bool          // whether the branch begins exactly as the run was at that step
	Why      string        // if not: why
}

// PlanBranch says what a branch from a step of the run takes. It does not wait for a training step.
func (s *Session) PlanBranch(step int64) (BranchPlan, error) {
	b, err := s.planBranch(step)
	return b.BranchPlan, err
}

// branch is a plan with what carrying it out needs.
type branch struct {
	BranchPlan
	run    ckpt.Run
	full   []ckpt.Checkpoint // at or before From, from which it can be replayed
	recipe *recipe.Recipe    // as it is at From, with what was changed there
	before *recipe.Recipe    // without that
	events []ckpt.Event      // changes after From, up to Step
	other  bool              // the data of today are not those at From
}

func (s *Session) planBranch(step int64) (b branch, err error) {
	b.Step = step
	way, _, err := s.way()
	if err != nil {
		return b, err
	}
	own := s.RunID()
	if step < 0 && len(way) > 0 {
		b.run = way[len(way)-1].run
	}
	for _, t := range way {
		if t.holds(step) {
			b.run = t.run
		}
	}
	b.Run = b.run.ID
	end := b.run.Step
	if b.Run == own {
		end = max(end, s.Status().Step)
	}
	if b.Run == 0 || step < 0 || step > end {
		return b, fmt.Errorf("branch from step %d: the run has the steps 0 to %d: choose one of them", step, end)
	}
	if err := s.findStart(&b); err != nil {
		return b, err
	}
	events, err := s.file.Events(b.Run)
	if err != nil {
		return b, err
	}
	if err := s.reconstruct(&b, events); err != nil {
		return b, err
	}
	if b.Why = s.whyOtherData(&b, events); b.Why == "" {
		b.Why = s.whyOtherBits(&b, events)
	}
	b.SameBits, b.other = b.Why == "", b.other && b.Replay > 0
	b.Time = time.Duration(float64(b.Replay) * s.secondsPerStep(&b) * float64(time.Second))
	return b, nil
}

// findStart finds the full checkpoint from which steps are replayed.
func (s *Session) findStart(b *branch) error {
	list, err := s.file.Checkpoints(b.Run)
	if err != nil {
		return err
	}
	later := int64(-1)
	for _, k := range list {
		switch {
		case k.Thinned:
		case k.Step <= b.Step:
			b.full = append(b.full, k)
		case later < 0:
			later = k.Step
		}
	}
	if len(b.full) == 0 {
		remedy := "start a new run"
		if later >= 0 {
			remedy = fmt.Sprintf("go on from step %d or a later one", later)
		}
		return fmt.Errorf("branch from step %d of run %d: %w, at that step and before: %s", b.Step, b.Run, ckpt.ErrThinned, remedy)
	}
	b.startAt(b.full[len(b.full)-1].Step)
	return nil
}

func (b *branch) startAt(step int64) { b.From, b.Replay = step, b.Step-step }

// changeOf returns the key and the value that an event of a live change has.
func changeOf(e ckpt.Event) (key, value string, ok bool) {
	if e.Kind != setKind {
		return "", "", false
	}
	return strings.Cut(e.Text, " = ")
}

// setKind is the kind of the events of live changes.
const setKind = "set"

// reconstruct finds the recipe as it was at the beginning of the replay, and the changes since.
func (s *Session) reconstruct(b *branch, events []ckpt.Event) error {
	now, err := RecipeOf(s.file, b.run)
	if err != nil {
		return err
	}
	today := s.Recipe()
	now.Data, now.LeaveOut = today.Data, today.LeaveOut // they may lie elsewhere by now
	start := (*recipe.Recipe)(nil)
	if b.run.Start != "" {
		if start, err = recipe.Parse([]byte(b.run.Start), fmt.Sprintf("the recipe with which run %d began", b.Run)); err != nil {
			return err
		}
	}
	b.events = nil
	b.recipe, b.before = now.Clone(), now.Clone()
	done := make(map[string]bool)
	for _, e := range events {
		key, _, ok := changeOf(e)
		if !ok || done[key] {
			continue
		}
		done[key] = true
		if err := back(b, key, start, events); err != nil {
			return err
		}
	}
	for _, e := range events {
		if _, _, ok := changeOf(e); ok && e.Step > b.From && e.Step <= b.Step {
			b.events = append(b.events, e)
		}
	}
	return nil
}

// back gives a key that was changed during the run the value that it had at the beginning of the
// replay, without and with what was changed right there.
func back(b *branch, key string, start *recipe.Recipe, events []ckpt.Event) error {
	before, after := "", "" // "": as at the start of the run
	for _, e := range events {
		k, value, ok := changeOf(e)
		switch {
		case !ok || k != key || e.Step > b.From:
		case e.Step < b.From:
			before, after = value, value
		default:
			after = value
		}
	}
	for _, x := range []struct {
		r     *recipe.Recipe
		value string
	}{{b.before, before}, {b.recipe, after}} {
		if x.value == "" {
			if start == nil {
				return fmt.Errorf("branch from step %d of run %d: an earlier version trained it and did not record what %s was before it was changed: choose a later step", b.Step, b.Run, key)
			}
			text, err := start.Get(key)
			if err != nil {
				return err
			}
			x.value = text
		}
		if err := x.r.Set(key, x.value); err != nil {
			return err
		}
	}
	return nil
}

// whyOtherData says why the items are others than those that were trained on; "": they are not.
func (s *Session) whyOtherData(b *branch, events []ckpt.Event) string {
	b.other = true
	for _, e := range events {
		if e.Kind == "data" && e.Step > b.From && strings.Contains(e.Text, dataChanged) {
			return fmt.Sprintf("the data changed at step %d, and the steps before it are replayed with those of today", e.Step)
		}
	}
	if own := s.Data(); b.run.DataFingerprint != "" && own.Info().Fingerprint != b.run.DataFingerprint {
		return fmt.Sprintf("run %d was trained on other data than this one", b.Run)
	}
	b.other = false
	return ""
}

// whyOtherBits says why replayed steps may differ from those that were trained; "": they do not.
func (s *Session) whyOtherBits(b *branch, events []ckpt.Event) string {
	if b.Replay == 0 {
		return ""
	}
	machine := ""
	var others []string
	for _, e := range events {
		switch {
		case e.Kind != machineKind || e.Step >= b.Step:
		case e.Step <= b.From:
			machine = e.Text
		default:
			others = append(others, e.Text)
		}
	}
	for _, m := range append(others, machine) {
		switch m {
		case s.here:
		case "":
			return "an earlier version trained these steps and did not record with which instructions"
		default:
			return fmt.Sprintf("these steps were trained with %s, and this computer has %s: the last bits may differ", m, s.here)
		}
	}
	return ""
}

// secondsPerStep returns what a step takes: as measured, or as the times of checkpoints say; 0:
// unknown.
func (s *Session) secondsPerStep(b *branch) float64 {
	if st := s.Status(); st.MeanSeconds > 0 {
		return st.MeanSeconds
	}
	if steps := b.run.Step - b.run.FromStep; b.run.Trained > 0 && steps > 0 {
		return b.run.Trained.Seconds() / float64(steps)
	}
	list, err := s.file.Checkpoints(b.Run)
	if err != nil {
		return 0
	}
	var rates []float64
	for i := range list[:max(0, len(list)-1)] {
		// Where two were saved at the same time, or with a pause in between, this says nothing.
		if steps, took := list[i+1].Step-list[i].Step, list[i+1].When.Sub(list[i].When); steps > 0 && took > 0 {
			rates = append(rates, took.Seconds()/float64(steps))
		}
	}
	if len(rates) == 0 {
		return 0
	}
	slices.SortFunc(rates, cmp.Compare)
	return rates[len(rates)/2]
}

// Branch adds a run to the project that begins as the session's run was at a step: it replays the
// steps from the nearest full checkpoint with the changes that were made then, and tells progress,
// which may be nil, how many are done. An empty name is that of the run. The session
// stays with its own run: SwitchRun goes on with the new one. It fails while training goes on. After
// an error, and when ctx ends, nothing of the branch is left.
func (s *Session) Branch(ctx context.Context, step int64, name string, progress func(done, total int64)) (run int64, err error) {
	release, err := s.occupy()
	if err != nil {
		return 0, fmt.Errorf("branch from step %d: %w", step, err)
	}
	defer release()
	if err := s.file.MustBeWritable(); err != nil {
		return 0, err
	}
	if err := s.locked(func() error { return s.save("stop") }); err != nil {
		return 0, err
	}
	b, err := s.planBranch(step)
	if err != nil {
		return 0, err
	}
	if name == "" {
		name = b.run.Name
	}
	if err := ckpt.CheckRunName(name); err != nil {
		return 0, err
	}
	if err := CheckFree(fmt.Sprintf("branch from step %d", step), b.recipe, s.Data(), true); err != nil {
		return 0, err
	}
	p, err := s.startReplay(&b)
	if err != nil {
		return 0, err
	}
	if err := p.run(ctx, progress); err != nil {
		return 0, err
	}
	return p.add(name)
}

// sameValues tells whether two rows of metrics are the same to the last bit, but for tests of
// classes, which are taken when there is time for them.
func sameValues(a, b []float32) bool {
	n := min(len(a), len(b), classError)
	for i := range n {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) && !(a[i] != a[i] && b[i] != b[i]) {
			return false
		}
	}
	return true
}
