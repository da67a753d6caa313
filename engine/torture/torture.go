// Package torture watches child processes that open damaged files, thousands and each time the
// same: nothing may panic, take more than five seconds, or let the process grow beyond its limit.
// It does not damage them.
package torture

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"ganvas/engine/process"
)

const (
	patience = 5 * time.Second // for one file
	most     = 512             // MB, of the process that opens the files
)

// Verdicts on a damaged file. Any other is a finding.
const (
	Opened  = "opened"
	Refused = "refused"
)

// A Suite is a number of damaged files and what is done with them.
type Suite struct {
	What  string // "damaged files of 60 intact ones"
	Count int
	Name  func(i int) string             // of a damaged file
	Try   func(i int, dir string) string // opens it in a folder that is its own, and returns a verdict in one line
	Args  []string                       // of the child processes, which also get -from with the number to begin with
}

// Watch lets child processes open the files, one after the other: where one ends or hangs, the next
// goes on behind the file that did it. It prints how many were opened, the largest process and the
// slowest file, and fails if there are findings.
func (s *Suite) Watch() error {
	start := time.Now()
	w := &watch{suite: s, opened: make(map[string]int)}
	for w.next < s.Count {
		if err := w.child(); err != nil {
			return err
		}
	}
	fmt.Printf("%d %s in %.0f s: %d opened, %d refused; peak %d MB, the slowest %.2f s (%s)\n",
		s.Count, s.What, time.Since(start).Seconds(), w.opened[Opened], w.opened[Refused], w.peak, w.slowest.Seconds(), w.slow)
	if len(w.found) > 0 {
		return fmt.Errorf("%d findings:\n%s", len(w.found), strings.Join(w.found, "\n"))
	}
	return nil
}

// watch is what was seen so far.
type watch struct {
	suite   *Suite
	next    int // file
	found   []string
	opened  map[string]int // by verdict
	slowest time.Duration
	slow    string // its name
	peak    int    // MB
}

// child runs a process until it ends.
func (w *watch) child() error {
	cmd := exec.Command(os.Args[0], append(w.suite.Args, "-from", strconv.Itoa(w.next))...)
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
	defer hung.Stop()
	lastPeak := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		hung.Reset(4 * patience)
		lastPeak = w.line(lines.Text(), lastPeak)
	}
	if err := cmd.Wait(); err != nil && w.next < w.suite.Count {
		w.find(w.next, fmt.Sprintf("%v\n%s", err, first(said.String())))
		w.next++
	}
	return nil
}

// line takes in what a child said of a file, and returns how large it was then.
func (w *watch) line(text string, lastPeak int) int {
	var i, mb int
	var took time.Duration
	fields := strings.SplitN(text, " ", 4)
	if len(fields) < 4 {
		return lastPeak
	}
	if _, err := fmt.Sscan(strings.Join(fields[:3], " "), &i, &took, &mb); err != nil {
		return lastPeak
	}
	w.next = i + 1
	w.opened[fields[3]]++
	if took > w.slowest {
		w.slowest, w.slow = took, w.suite.Name(i)
	}
	if fields[3] != Opened && fields[3] != Refused {
		w.find(i, fields[3])
	}
	if took > patience {
		w.find(i, fmt.Sprintf("%.1f s", took.Seconds()))
	}
	if mb > most && lastPeak <= most {
		w.find(i, fmt.Sprintf("%d MB, after %d", mb, lastPeak))
	}
	w.peak = max(w.peak, mb)
	return mb
}

func (w *watch) find(i int, what string) {
	w.found = append(w.found, fmt.Sprintf("%d %s: %s", i, w.suite.Name(i), what))
}

// first returns the beginning of a stack trace.
func first(s string) string {
	lines := strings.SplitN(s, "\n", 25)
	return strings.Join(lines[:min(len(lines), 24)], "\n")
}

// Child opens the files from a number on and prints a line about each, for Watch.
func (s *Suite) Child(from int) error {
	dir, err := os.MkdirTemp("", "ganvas-torture-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for i := from; i < s.Count; i++ {
		verdict, took := s.timed(i, dir)
		if took > patience { // perhaps only because others had the processor
			var again time.Duration
			verdict, again = s.timed(i, dir)
			took = min(took, again)
		}
		fmt.Printf("%d %d %d %s\n", i, took.Nanoseconds(), process.Peak()/1e6, verdict)
	}
	return nil
}

func (s *Suite) timed(i int, dir string) (verdict string, took time.Duration) {
	start := time.Now()
	verdict = s.Try(i, dir)
	return verdict, time.Since(start)
}

// One opens a single file in a folder that stays, and prints what becomes of it.
func (s *Suite) One(i int, dir string) error {
	if i >= s.Count {
		return errors.New("there is no file of that number")
	}
	fmt.Println(s.Try(i, dir))
	fmt.Printf("peak %d MB\n", process.Peak()/1e6)
	return nil
}
