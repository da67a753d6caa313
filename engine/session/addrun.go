package session

import (
	"fmt"
	"strconv"

	"ganvas/engine/ckpt"
)

// AddRun adds a run to a project that goes on from a run of it at a step, from another state than
// that run had there, and makes it the current one. The state may be of a later step. An event of
// the run says why.
func AddRun(f *ckpt.File, from ckpt.Run, step int64, name string, state *ckpt.State, why ckpt.Event) (int64, error) {
	return addRun(f, from, step, name, state, why, false)
}

// DuplicateRun adds a run to a project that has what a run of it had at a step, the newest if that
// is negative, and goes on from there. Its name may be another. The current run stays the current
// one. Of a checkpoint that keeps the generator alone it fails with ckpt.ErrThinned.
func DuplicateRun(f *ckpt.File, id, step int64, name string) (int64, error) {
	from, err := f.RunByID(id)
	if err != nil {
		return 0, err
	}
	if err := ckpt.CheckRunName(name); err != nil {
		return 0, err
	}
	if _, err := RecipeOf(f, from); err != nil {
		return 0, err
	}
	state, err := f.LoadFull(id, step)
	if err != nil {
		return 0, err
	}
	at, err := strconv.ParseInt(state.Meta["step"], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("duplicate run %d: its checkpoint does not say of which step it is: choose another step", id)
	}
	why := ckpt.Event{Step: at, Kind: "branch", Text: fmt.Sprintf("a copy of run %d at step %d", id, at)}
	return addRun(f, from, at, name, state, why, true)
}

// addRun is AddRun; beside tells whether the current run stays the current one.
func addRun(f *ckpt.File, from ckpt.Run, step int64, name string, state *ckpt.State, why ckpt.Event, beside bool) (int64, error) {
	record, err := f.Meta(recordKey(from.ID))
	if err != nil {
		return 0, err
	}
	list, err := f.Checkpoints(from.ID)
	if err != nil {
		return 0, err
	}
	seen := int64(-1)
	for _, k := range list {
		if k.Step == step {
			seen = k.ImagesSeen
		}
	}
	if seen < 0 {
		return 0, fmt.Errorf("go on from step %d of run %d: %w", step, from.ID, ckpt.ErrNoCheckpoint)
	}
	at, err := strconv.ParseInt(state.Meta["step"], 10, 64)
	if err != nil || at < step {
		return 0, fmt.Errorf("go on from step %d of run %d: the state is of step %q, which is not behind it", step, from.ID, state.Meta["step"])
	}
	run := ckpt.Run{Parent: from.ID, FromStep: step, Step: at, Name: name, Recipe: from.Recipe, DataFingerprint: from.DataFingerprint}
	save := ckpt.Save{Step: at, ImagesSeen: seen, Kind: "manual", State: state, Core: coreOf(state), Events: []ckpt.Event{why}, Beside: beside}
	return f.AddRun(run, MetricNames, save, func(run int64) (key, value string) { return recordKey(run), record })
}
