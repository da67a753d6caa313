// Shrink makes the embedded example from a trained project: its newest checkpoint alone,
// compressed. Weights keep five significant bits, averaged ones six, which nobody sees in a picture
// and which compress to a third; the optimisers' memory is emptied and their bias correction
// starts again, so that training may go on from the example.
//
//	shrink RUN.ganvas EXAMPLE.ganvas.xz
package main

import (
	"errors"
	"fmt"
	"log"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"ganvas/engine/ckpt"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("shrink: ")
	if len(os.Args) != 3 {
		log.Fatal("usage: shrink RUN.ganvas EXAMPLE.ganvas.xz")
	}
	if err := shrink(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func shrink(from, to string) error {
	folder, err := os.MkdirTemp("", "ganvas-example-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	small := filepath.Join(folder, "example.ganvas")
	if err := rewrite(from, small); err != nil {
		return err
	}
	return compress(small, to)
}

// rewrite writes a project with the newest state of the current run of another.
func rewrite(from, to string) error {
	src, err := ckpt.OpenReadOnly(from)
	if err != nil {
		return err
	}
	defer src.Close()
	run, err := src.RunByID(0)
	if err != nil {
		return err
	}
	save, names, err := newest(src, run.ID)
	if err != nil {
		return err
	}
	dst, err := ckpt.Create(to)
	if err != nil {
		return err
	}
	run.Parent, run.FromStep, run.Step = 0, 0, save.Step
	if save.Run, err = dst.NewRun(run); err != nil {
		return errors.Join(err, dst.Close())
	}
	if err := dst.SetMetricNames(save.Run, names); err != nil {
		return errors.Join(err, dst.Close())
	}
	return errors.Join(dst.Save(save), dst.Close())
}

// newest returns the newest checkpoint of a run, made small, with the metrics up to it and its last
// contact sheet.
func newest(f *ckpt.File, run int64) (s ckpt.Save, names []string, err error) {
	list, err := f.Checkpoints(run)
	if err != nil {
		return s, nil, err
	}
	if len(list) == 0 {
		return s, nil, fmt.Errorf("read %s: there is no checkpoint in it", f.Path())
	}
	last := list[len(list)-1]
	s = ckpt.Save{Step: last.Step, ImagesSeen: last.ImagesSeen, Kind: "final"}
	if s.State, err = f.Load(run, last.Step); err != nil {
		return s, nil, err
	}
	coarsen(s.State)
	if names, err = f.MetricNames(run); err != nil {
		return s, nil, err
	}
	if s.Metrics, err = f.Metrics(run, 0); err != nil {
		return s, nil, err
	}
	if s.Events, err = f.Events(run); err != nil {
		return s, nil, err
	}
	sheets, err := f.Sheets(run)
	if n := len(sheets); n > 0 {
		s.Sheets = sheets[n-1:]
	}
	return s, names, err
}

// coarsen rounds weights and forgets what optimisers remember.
func coarsen(s *ckpt.State) {
	for _, e := range s.Entries {
		switch {
		case strings.HasPrefix(e.Name, "optg.") || strings.HasPrefix(e.Name, "optd."):
			clear(e.F32)
		default:
			drop := 19 // of a float32's 23 bits of fraction
			if strings.HasPrefix(e.Name, "ema.") {
				drop = 18 // of what is looked at
			}
			for i, v := range e.F32 {
				e.F32[i] = math.Float32frombits((math.Float32bits(v) + 1<<(drop-1)) &^ (1<<drop - 1))
			}
		}
	}
	s.Meta["optg.steps"], s.Meta["optd.steps"] = "0", "0"
}

func compress(from, to string) error {
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	c := exec.Command("xz", "-9e", "--threads=1", "--stdout", from)
	c.Stdout, c.Stderr = out, os.Stderr
	err = c.Run()
	if errors.Is(err, exec.ErrNotFound) {
		err = fmt.Errorf("%w: install xz", err)
	}
	return errors.Join(err, out.Close())
}
