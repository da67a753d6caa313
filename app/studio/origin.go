package studio

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/export"
	"ganvas/engine/provenance"
	"ganvas/engine/session"
)

// An origin is a project that may have made a picture.
type origin struct {
	path string
	fit  int // one of the fits; the project that fits best has made the picture
}

// How well a project fits to a picture.
const (
	fitsNot     = iota
	fitsRun     // it has the run
	fitsStep    // and the step
	fitsWeights // and the weights
)

// mostBeside is how many projects are looked at that lie beside a picture.
const mostBeside = 50

// projectsBeside returns the projects that lie beside a picture. It waits for the disk.
func projectsBeside(picture string) (paths []string) {
	entries, _ := os.ReadDir(filepath.Dir(picture)) // a folder that cannot be looked into has none
	for _, e := range entries {
		if len(paths) < mostBeside && strings.EqualFold(filepath.Ext(e.Name()), ProjectExtension) {
			paths = append(paths, filepath.Join(filepath.Dir(picture), e.Name()))
		}
	}
	return paths
}

// known returns the projects, the open one left out, that may have made a picture: the recent ones,
// those beside it, and the examples.
func (p *Pictures) known(beside []string) []string {
	paths := append([]string{p.s.Memory.Last()}, p.s.Memory.Recent()...)
	paths = append(paths, beside...)
	for _, e := range p.s.Examples {
		paths = append(paths, e.path(p.s.Home))
	}
	return paths
}

// originOf returns the project that fits best, the first of those that do as well; the zero origin
// where none fits.
func originOf(ctx context.Context, r *provenance.Record, open *Run, paths []string, report func(done, total int)) (best origin) {
	consider := func(path string, fit int) {
		if fit > best.fit {
			best = origin{path, fit}
		}
	}
	if open != nil {
		consider(open.Session.Path(), fitOfOpen(open.Session, r))
	}
	var seen []string
	for i, path := range paths {
		if ctx.Err() != nil || best.fit == fitsWeights {
			break
		}
		report(i, len(paths))
		if path == "" || slices.Contains(seen, path) || open != nil && path == open.Session.Path() || !Exists(path) {
			continue
		}
		seen = append(seen, path)
		consider(path, fitOf(path, r))
	}
	return best
}

// hasRun tells whether runs are those of the picture's project, and still have the one that made
// its first item.
func hasRun(runs []ckpt.Run, r *provenance.Record) bool {
	first, _ := r.RunOf(0)
	made := slices.ContainsFunc(runs, func(run ckpt.Run) bool { return run.ID == r.Run && session.KeyOf(run) == r.Key })
	return made && slices.ContainsFunc(runs, func(run ckpt.Run) bool { return run.ID == first })
}

func hasStep(list []ckpt.Checkpoint, step int64) bool {
	return slices.ContainsFunc(list, func(c ckpt.Checkpoint) bool { return c.Step == step })
}

// fitOf tells how well a project that is not open fits. One that cannot be read does not.
func fitOf(path string, r *provenance.Record) int {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return fitsNot
	}
	defer f.Close()
	runs, err := f.Runs()
	if err != nil || !hasRun(runs, r) {
		return fitsNot
	}
	run, step := r.RunOf(0)
	if list, err := f.Checkpoints(run); err != nil || !hasStep(list, step) {
		return fitsRun
	}
	source, err := export.Open(path, run, step)
	if err != nil {
		return fitsStep
	}
	n, err := source.Network(export.Generator, r.Raw)
	if err != nil || provenance.Fingerprint(n) != r.Weights {
		return fitsStep
	}
	return fitsWeights
}

// fitOfOpen tells how well the project that is open fits.
func fitOfOpen(s *session.Session, r *provenance.Record) int {
	all, err := s.Runs()
	if err != nil {
		return fitsNot
	}
	var runs []ckpt.Run
	for _, run := range all {
		runs = append(runs, run.Run)
	}
	if !hasRun(runs, r) {
		return fitsNot
	}
	run, step := r.RunOf(0)
	if run != s.RunID() {
		return fitOf(s.Path(), r) // of its other runs the file has all
	}
	if g, now := s.GeneratorNow(!r.Raw); now == step && provenance.Fingerprint(g.Net()) == r.Weights {
		return fitsWeights
	}
	if list, err := s.Checkpoints(); err != nil || !hasStep(list, step) {
		return fitsRun
	}
	if g, err := s.GeneratorAt(step, !r.Raw); err != nil || provenance.Fingerprint(g.Net()) != r.Weights {
		return fitsStep
	}
	return fitsWeights
}

// back says how a session got to where a picture was made.
type back struct {
	went bool   // it went back to an earlier step
	why  string // a sentence on what is not as it was; "": it is as it was
}

// goTo has a session go to the step of item i of a picture, as far as it is there, and returns
// where the item was made.
func goTo(s *session.Session, m MadePicture, i int) (v Visit, b back, err error) {
	r := m.Record
	_, step := r.RunOf(i)
	g, now := s.GeneratorNow(!r.Raw)
	if now != step {
		if b, err = goBack(s, step, now); err != nil {
			return v, b, err
		}
		g, now = s.GeneratorNow(!r.Raw)
	}
	if b.why == "" && r.Weights != "" && now == step && provenance.Fingerprint(g.Net()) != r.Weights {
		b.why = "But the weights are others: the run was trained anew since."
		if s.Status().Looking && r.Raw {
			b.why = "But only the averaged generator of this step is kept."
		}
	}
	v = Visit{Picture: m.Name(), Averaged: !r.Raw, Seed: seedOf(r, i)}
	if v.Z, v.Class, v.Part, err = r.Of(g, i); err != nil {
		return v, b, fmt.Errorf("open %s: %w", m.Name(), err)
	}
	if r.Truncation != 1 {
		also := fmt.Sprintf("But it was made with a truncation of %v, which this Ganvas does not have.", r.Truncation)
		b.why = strings.TrimSpace(b.why + " " + also)
	}
	return v, b, nil
}

// goBack has a session that stands at step now go to another, as far as that is kept.
func goBack(s *session.Session, step, now int64) (b back, err error) {
	if s.Status().Running {
		b.why = "But training goes on, so what shows is what the generator makes now: pause it, and drop the picture again."
		return b, nil
	}
	list, err := s.Checkpoints()
	if err != nil {
		return b, err
	}
	if !hasStep(list, step) {
		b.why = fmt.Sprintf("But step %s is not kept: what shows is step %s.", words.Thousands(step), words.Thousands(now))
		return b, nil
	}
	return back{went: true}, s.GoTo(step)
}
