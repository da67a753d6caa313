// Program torture damages files of every format that Ganvas reads, thousands of times and each time the same way, and opens them: nothing may
// panic, take more than five seconds, or let the program grow beyond its limit, and intact pictures beside a damaged file still load. It is
// run by make torture.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"ganvas/datasets"
	"ganvas/engine/process"
)

const (
	patience = 5 * time.Second // for one file
	most     = 512             // MB, of the process that opens the files
)

func main() {
	count := flag.Int("count", 10_000, "`files` to damage")
	only := flag.Int("only", -1, "open the damaged file of this `number` alone, and keep it in the working directory")
	data := flag.String("data", "datasets/testdata", "`folder` of intact files")
	from := flag.Int("from", -1, "what a child process begins with: not for people")
	flag.Parse()
	if err := run(*data, *count, *only, *from); err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
}

func run(data string, count, only, from int) error {
	m, err := newMutator(data)
	if err != nil {
		return err
	}
	switch {
	case only >= 0:
		damaged, name := m.damaged(only)
		if err := os.WriteFile(name, damaged, 0o644); err != nil {
			return err
		}
		fmt.Println(try(m, only, os.TempDir()))
		fmt.Printf("peak %d MB\n", process.Peak()/1e6)
		return nil
	case from >= 0:
		return child(m, from, count)
	}
	return watch(m, data, count)
}

// watch lets child processes open the files, one after the other: where one ends or hangs, the next goes on behind the file that did it.
func watch(m *mutator, data string, count int) error {
	start := time.Now()
	var found []string
	opened := make(map[string]int)
	var slowest time.Duration
	peak, slow := 0, ""
	for next := 0; next < count; {
		cmd := exec.Command(os.Args[0], "-data", data, "-count", strconv.Itoa(count), "-from", strconv.Itoa(next))
		out, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		var said strings.Builder
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			return err
		}
		hung := time.AfterFunc(4*patience, func() { _ = cmd.Process.Kill() })
		lines := bufio.NewScanner(out)
		lastPeak := 0
		for lines.Scan() {
			hung.Reset(4 * patience)
			var i, mb int
			var took time.Duration
			var verdict string
			if _, err := fmt.Sscanf(lines.Text(), "%d %d %d %s", &i, &took, &mb, &verdict); err != nil {
				continue
			}
			next = i + 1
			opened[verdict]++
			if took > slowest {
				slowest, slow = took, m.name(i)
			}
			switch {
			case verdict == "lost":
				found = append(found, fmt.Sprintf("%d %s: intact pictures beside it do not load: %s", i, m.name(i), lines.Text()))
			case verdict == "lines":
				found = append(found, fmt.Sprintf("%d %s: an error of more than a line", i, m.name(i)))
			case took > patience:
				found = append(found, fmt.Sprintf("%d %s: %.1f s", i, m.name(i), took.Seconds()))
			}
			if mb > most && lastPeak <= most {
				found = append(found, fmt.Sprintf("%d %s: %d MB, after %d", i, m.name(i), mb, lastPeak))
			}
			lastPeak = mb
			peak = max(peak, mb)
		}
		if err := cmd.Wait(); err != nil && next < count {
			found = append(found, fmt.Sprintf("%d %s: %v\n%s", next, m.name(next), err, first(said.String())))
			next++
		}
		hung.Stop()
	}
	fmt.Printf("%d damaged files of %d intact ones in %.0f s: %d opened, %d refused; peak %d MB, the slowest %.2f s (%s)\n",
		count, len(m.files), time.Since(start).Seconds(), opened["opened"], opened["refused"], peak, slowest.Seconds(), slow)
	if len(found) > 0 {
		return fmt.Errorf("%d findings:\n%s", len(found), strings.Join(found, "\n"))
	}
	return nil
}

// first returns the beginning of a stack trace.
func first(s string) string {
	lines := strings.SplitN(s, "\n", 25)
	return strings.Join(lines[:min(len(lines), 24)], "\n")
}

// child opens the files from a number on and prints a line about each.
func child(m *mutator, from, count int) error {
	dir, err := os.MkdirTemp("", "ganvas-torture-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for i := from; i < count; i++ {
		start := time.Now()
		verdict := try(m, i, dir)
		fmt.Printf("%d %d %d %s\n", i, time.Since(start), process.Peak()/1e6, verdict)
	}
	return nil
}

// try opens a damaged file on its own and in a folder with intact pictures.
func try(m *mutator, i int, dir string) string {
	damaged, name := m.damaged(i)
	folder := filepath.Join(dir, "pets")
	file := filepath.Join(folder, name)
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o755), os.WriteFile(file, damaged, 0o600)); err != nil {
		return "cannot:" + err.Error()
	}
	verdict := open(file)
	if verdict == "lines" {
		return verdict
	}
	for k, picture := range m.intact {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("intact-%d.png", k)), picture, 0o600); err != nil {
			return "cannot:" + err.Error()
		}
	}
	if strings.HasSuffix(name, ".bin") { // a folder of CIFAR's files is that, and pictures beside them are not
		return verdict
	}
	set, err := datasets.Open(context.Background(), folder, datasets.Options{Size: 16, Channels: 3}, nil)
	if err != nil || set.Len() < len(m.intact) {
		return fmt.Sprint("lost ", err)
	}
	return verdict
}

func open(file string) string {
	set, err := datasets.Open(context.Background(), file, datasets.Options{Tables: true}, nil)
	switch {
	case err != nil && slices.Contains([]byte(err.Error()), '\n'):
		return "lines"
	case err != nil:
		return "refused"
	}
	if set.Info().Kind != datasets.Table {
		if _, err := datasets.Examine(context.Background(), set, nil); err != nil {
			return "refused"
		}
	}
	return "opened"
}
