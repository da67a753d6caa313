package export

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"ganvas/app/studio"
	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

// An offer is a run that can be exported, at one of its moments.
type offer struct {
	id       int64
	title    string
	averaged bool     // it has an averaged generator
	moments  []moment // the newest first; none: nothing was saved yet
	missing  string   // of what was learnt in what was saved; "": nothing
	folders  bool     // its recipe says where the data lie
}

// A moment is a step at which a run can be exported.
type moment struct {
	step    int64 // −1: as it is now
	title   string
	thinned bool // the generator alone is kept
}

// readOffers returns what the project of a run has, that run first, then the newest. It waits for
// the disk.
func readOffers(r *studio.Run) (offers []offer, err error) {
	f, err := ckpt.OpenReadOnly(r.Session.Path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: the file was moved or deleted while it was open: put it back, or choose File ▸ Save as", r.Session.Path())
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	runs, err := session.RunsOf(f)
	if err != nil {
		return nil, err
	}
	now, open := r.Session.Status(), r.Session.RunID()
	for _, run := range slices.Backward(runs) {
		if run.Err != nil {
			continue
		}
		kept, err := f.Checkpoints(run.ID)
		if err != nil {
			return nil, err
		}
		o := offer{id: run.ID, title: fmt.Sprintf("%d  %s", run.ID, run.Name), averaged: run.Plan.EMA > 0, folders: session.NamesFolders(run.Plan)}
		if run.ID != open {
			o.moments = momentsOf(kept, nil)
			offers = append(offers, o)
			continue
		}
		o.title += " (open now)"
		o.moments = momentsOf(kept, &now)
		if now.Step > run.Step {
			o.missing = fmt.Sprintf("Up to step %s, the last save; training is at step %s.", words.Thousands(run.Step), words.Thousands(now.Step))
		}
		offers = slices.Insert(offers, 0, o)
	}
	if len(offers) == 0 {
		return nil, fmt.Errorf("export from %s: none of its runs can be read: use an older copy of the project", r.Session.Path())
	}
	return offers, nil
}

// momentsOf returns the moments of a run, of the one that is open with how it is now.
func momentsOf(kept []ckpt.Checkpoint, now *session.Status) []moment {
	var list []moment
	is := int64(-1) // the step that the run is at now
	switch {
	case now == nil:
	case now.Running:
		list = append(list, moment{step: -1, title: "As it is when it is written (now step " + words.Thousands(now.Step) + ")"})
	case !now.Looking:
		list, is = append(list, moment{step: -1, title: "Step " + words.Thousands(now.Step) + ", as it is now"}), now.Step
	}
	for _, k := range slices.Backward(kept) {
		if k.Step == is {
			continue
		}
		m := moment{step: k.Step, title: "Step " + words.Thousands(k.Step) + ", saved", thinned: k.Thinned}
		if k.Thinned {
			m.title += ", the generator alone"
		}
		if now != nil && now.Looking && k.Step == now.Step {
			list = slices.Insert(list, 0, m) // what is shown
			continue
		}
		list = append(list, m)
	}
	return list
}

// problem says why a part of the run cannot be exported at a moment; "": it can.
func (o *offer) problem(m moment, part Part, raw bool) string {
	switch {
	case !m.thinned || part == bothPlayers:
		return ""
	case part == discriminator:
		return "Of this step the generator alone is kept: choose another step"
	case raw && o.averaged:
		return "Of this step the averaged generator alone is kept: choose another step"
	}
	return ""
}
