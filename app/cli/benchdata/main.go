// Program benchdata measures how Ganvas reads large data: a folder of a million small pictures,
// and, beside torchvision where the environment variable GANVAS_PEERS names a Python that has it,
// the first scan of emoji and of photos. All files are made in a temporary folder, which is
// removed. It is run by make bench-data.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"ganvas/datasets"
	"ganvas/engine/process"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

func main() {
	count := flag.Int("count", 1_000_000, "`pictures` in the large folder; 0: none")
	photos := flag.Int("photos", 20_000, "`pictures` for the comparison; 0: none")
	rounds := flag.Int("rounds", 2, "`times` that each side of the comparison is measured")
	temp := flag.String("temp", os.TempDir(), "`folder` for the files")
	job := flag.String("job", "", "what a child process does: not for people")
	flag.Parse()
	var err error
	if *job != "" {
		err = child(*job, flag.Arg(0))
	} else {
		err = measure(*temp, *count, *photos, *rounds)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchdata:", err)
		os.Exit(1)
	}
}

func measure(temp string, count, photos, rounds int) error {
	dir, err := os.MkdirTemp(temp, "ganvas-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if count > 0 {
		if err := large(dir, count); err != nil {
			return err
		}
	}
	if photos > 0 {
		return compare(dir, photos, rounds)
	}
	return nil
}

// outcome is what a child process tells of its job.
type outcome struct {
	Items   int
	Seconds float64
	CPU     float64 // seconds of all processors, which other programs do not lengthen much
	PeakMB  float64
	Rate    float64 // items a second; 0: none
}

// large opens, examines, splits, trains on and opens again a folder of many pictures, each in a
// process of its own.
func large(dir string, count int) error {
	folder := filepath.Join(dir, "large")
	start := time.Now()
	if err := makeDigits(folder, count); err != nil {
		return err
	}
	fmt.Printf("%d pictures of 28×28 made in %.0f s\n\n%-34s %10s %10s %10s %14s\n", count, time.Since(start).Seconds(), "", "seconds", "CPU s", "peak MB", "items/s")
	for _, job := range []struct{ name, what string }{
		{"first", "first 64 pictures shown"},
		{"open", "scan and decode"},
		{"open", "open again, from the cache"},
		{"deal", "one epoch from the cache"},
		{"examine", "health report, from the cache"},
		{"split", "held-out split, from the cache"},
		{"train", "open, train 100 steps, close"},
	} {
		o, err := run(job.name, folder, filepath.Join(dir, "home"))
		if err != nil {
			return err
		}
		rate := ""
		if o.Rate > 0 {
			rate = fmt.Sprintf("%.0f", o.Rate)
		}
		fmt.Printf("%-34s %10.2f %10.2f %10.0f %14s\n", job.what, o.Seconds, o.CPU, o.PeakMB, rate)
	}
	return os.RemoveAll(folder)
}

// run does a job in another process, so that its memory is its own.
func run(job, folder, home string) (o outcome, err error) {
	cmd := exec.Command(os.Args[0], "-job", job, folder)
	cmd.Env = append(os.Environ(), "GANVAS_HOME="+home)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return o, fmt.Errorf("%s: %w", job, err)
	}
	return o, json.Unmarshal(out, &o)
}

// digitRecipe trains the preset of digits on a folder, in grey.
func digitRecipe(folder string) (*recipe.Recipe, error) {
	r, err := recipe.Named("digits")
	if err != nil {
		return nil, err
	}
	r.Data = folder
	return r, nil
}

func child(job, folder string) error {
	r, err := digitRecipe(folder)
	if err != nil {
		return err
	}
	ctx := context.Background()
	o := session.DataOptions(r)
	switch job {
	case "first":
		start := time.Now()
		shown := datasets.FirstPictures(ctx, folder, o, 64)
		return tell(len(shown), start, false)
	case "emoji", "photos":
		o = datasets.Options{Size: 64, Channels: 3}
	}
	start := time.Now()
	if job == "train" {
		s, err := session.Create(ctx, r, nil, filepath.Join(os.Getenv("GANVAS_HOME"), "run.ganvas"), session.Options{})
		if err != nil {
			return err
		}
		s.TrainUntil(100)
		if err := s.Wait(); err != nil {
			return err
		}
		if err := s.Close(); err != nil {
			return err
		}
		return tell(100*r.Batch, start, false)
	}
	set, err := datasets.Open(ctx, folder, o, nil)
	if err != nil {
		return err
	}
	switch job {
	case "deal":
		loader := datasets.NewLoader(set, 1, false)
		dst := make([]float32, 64*28*28)
		start = time.Now()
		for dealt := 0; dealt < set.Len(); dealt += 64 {
			loader.Next(64, dst, nil)
		}
		return tell(set.Len(), start, true)
	case "examine":
		start = time.Now()
		if _, err := datasets.Examine(ctx, set, nil); err != nil {
			return err
		}
	case "split":
		start = time.Now()
		if _, _, err := datasets.Split(ctx, set, nil); err != nil {
			return err
		}
	}
	return tell(set.Len(), start, job == "open" || job == "emoji" || job == "photos")
}

// tell prints what a job took since start.
func tell(items int, start time.Time, rate bool) error {
	o := outcome{Items: items, Seconds: time.Since(start).Seconds(), CPU: process.CPUTime().Seconds(), PeakMB: float64(peak()) / 1e6}
	if rate {
		o.Rate = float64(items) / o.Seconds
	}
	return json.NewEncoder(os.Stdout).Encode(o)
}

// peak returns the most memory that this process had. What the system counts for process.Peak may
// be that of the parent, which has made the files.
func peak() int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return process.Peak()
	}
	for line := range strings.Lines(string(text)) {
		var kb int64
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kb); n == 1 {
			return kb << 10
		}
	}
	return process.Peak()
}
