package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/session"
	"ganvas/engine/torture"
)

// errFinding marks what no project may lead to.
var errFinding = errors.New("finding")

// try looks into a damaged project, samples from it, and trains it for two steps.
func (m *mutator) try(i int, dir string) string {
	dir = filepath.Join(dir, "project")
	if err := errors.Join(os.RemoveAll(dir), m.write(i, dir)); err != nil {
		return oneLine("cannot make it: " + err.Error())
	}
	path := filepath.Join(dir, file)
	before, err := content(dir)
	if err != nil {
		return oneLine("cannot read it: " + err.Error())
	}
	looked := look(path)
	after, err := content(dir)
	switch {
	case errors.Is(looked, errFinding):
		return oneLine(looked.Error())
	case err != nil || !maps.Equal(before, after):
		return oneLine(fmt.Sprint("looking at it has changed its folder ", err))
	}
	trained := train(path)
	if errors.Is(trained, errFinding) {
		return oneLine(trained.Error())
	}
	for _, err := range []error{looked, trained} {
		if err != nil && strings.ContainsRune(err.Error(), '\n') {
			return oneLine("an error of more than a line: " + err.Error())
		}
	}
	if trained == nil {
		if err := whole(path); err != nil {
			return oneLine("after training: " + err.Error())
		}
	}
	if looked != nil {
		return torture.Refused
	}
	return torture.Opened
}

func oneLine(text string) string { return strings.ReplaceAll(text, "\n", " | ") }

// content returns what a folder holds.
func content(dir string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	all := make(map[string]string, len(entries))
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		all[e.Name()] = string(b)
	}
	return all, nil
}

// look reads everything in a project and makes samples, as inspect, sample and the window do.
func look(path string) error {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return err
	}
	defer f.Close()
	runs, err := f.Runs()
	if err != nil {
		return err
	}
	_, err = f.Verify(nil)
	_, latentErr := f.Latents()
	if err == nil {
		err = latentErr
	}
	for _, run := range runs {
		_, err1 := f.Events(run.ID)
		_, err2 := f.Sheets(run.ID)
		_, err3 := f.SheetSteps(run.ID)
		_, err4 := f.Judgements(run.ID)
		_, err5 := f.Checkpoints(run.ID)
		err6 := f.EachMetric(run.ID, 0, func(ckpt.MetricRow) {})
		_, err7 := f.Weight()
		err8 := lookBack(f, run.ID)
		for _, e := range []error{err1, err2, err3, err4, err5, err6, err7, err8} {
			if err == nil {
				err = e
			}
		}
		if e := sample(f, run); err == nil {
			err = e
		}
	}
	return err
}

// sample makes what the newest generator of a run makes.
func sample(f *ckpt.File, run ckpt.Run) error {
	r, err := session.RecipeOf(f, run)
	if err != nil {
		return err
	}
	state, err := f.Load(run.ID, -1)
	if err != nil {
		return err
	}
	n, err := gan.NewG(r, len(session.ClassNames(state)))
	if err != nil {
		return err
	}
	g := gan.NewGenerator(n, r.LatentKind)
	g.Render(make([]float32, 4*g.Latent()), 4)
	return nil
}

// lookBack reads all views of a run, as the time line does.
func lookBack(f *ckpt.File, run int64) error {
	views, err := f.Views(run)
	for _, v := range views {
		for _, part := range []string{"g", "d"} {
			if _, e := f.LoadView(run, v.Step, part); err == nil && (part == "g" || v.D) {
				err = e
			}
		}
	}
	return err
}

// train goes on with a project for two steps, as resume does. What was whole must stay so.
func train(path string) error {
	s, err := session.Open(context.Background(), path, session.Options{})
	if err != nil {
		return err
	}
	until := s.Status().Step + 2
	s.TrainUntil(until)
	err = s.Wait()
	step := s.Status().Step
	if closeErr := s.Close(); err == nil {
		err = closeErr
	}
	if err == nil && step != until {
		return fmt.Errorf("%w: trained to step %d of %d", errFinding, step, until)
	}
	return err
}

// whole reports a project of which the newest state does not load.
func whole(path string) error {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return err
	}
	defer f.Close()
	runs, err := f.Runs()
	if err != nil || len(runs) == 0 {
		return fmt.Errorf("%d runs: %w", len(runs), err)
	}
	_, err = f.Load(runs[len(runs)-1].ID, -1)
	return err
}
