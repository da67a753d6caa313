// Program killtest kills Ganvas at random instants, while it makes, replaces and resumes projects
// and while it exports, and looks afterwards at what is left: what was there before is there and
// whole, nothing is lost but what came after the last save, nothing unusable is in the way, and
// what was left over is gone after the next start. It is run by make torture.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"ganvas/app/cli"
)

// victim, set in the environment, makes this program the Ganvas that is killed.
const victim = "GANVAS_KILLTEST_VICTIM"

func main() {
	if os.Getenv(victim) != "" {
		os.Exit(cli.Main(os.Args[1:], "killtest"))
	}
	count := flag.Int("count", 60, "`kills`")
	seed := flag.Uint64("seed", 1, "`start` of the random instants")
	only := flag.String("only", "", "the `scenario` to run alone")
	flag.Parse()
	if err := run(*count, *seed, *only); err != nil {
		fmt.Fprintln(os.Stderr, "killtest:", err)
		os.Exit(1)
	}
}

// A scenario is something that is killed while it goes on.
type scenario struct {
	name string
	// prepare puts into an empty folder what is there before.
	prepare func(b *bench) error
	// args is the command that is killed.
	args []string
	// most is the latest instant of a kill; 0: as long as the command takes by itself.
	most time.Duration
	// check looks at what is there after the kill, and at the end after again, which must succeed.
	check func(b *bench) error
	again []string
	// files are all that lies in the folder after again.
	files []string
	// sameBits says that the project, after again, has the bits of a training that was never
	// interrupted.
	sameBits bool
}

// bench is where a scenario takes place.
type bench struct {
	dir   string // the folder, which is the working directory of the commands
	home  string
	saved int64 // step of the last save that was seen before the kill
	old   string
}

func run(count int, seed uint64, only string) error {
	root, err := os.MkdirTemp("", "ganvas-killtest-")
	if err != nil {
		return err
	}
	if self, err = os.Executable(); err != nil {
		return err
	}
	defer os.RemoveAll(root)
	var chosen []scenario
	for _, s := range scenarios() {
		if only == "" || s.name == only {
			chosen = append(chosen, s)
		}
	}
	if len(chosen) == 0 {
		return fmt.Errorf("no scenario %q", only)
	}
	random := rand.New(rand.NewPCG(seed, 0))
	took := make(map[string]time.Duration)
	var wrong []error
	late := make(map[string]int)
	for i := range count {
		s := chosen[i%len(chosen)]
		b := &bench{dir: filepath.Join(root, fmt.Sprint(i)), home: filepath.Join(root, "home")}
		if took[s.name] == 0 {
			if took[s.name], err = duration(s, filepath.Join(root, s.name), b.home); err != nil {
				return fmt.Errorf("%s: without a kill: %w", s.name, err)
			}
		}
		after := time.Duration(random.Int64N(int64(took[s.name])))
		finished, err := kill(s, b, after)
		if finished {
			late[s.name]++
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s, killed after %v (kill %d): %w", s.name, after.Round(time.Millisecond), i, err))
		}
		if err := os.RemoveAll(b.dir); err != nil {
			return err
		}
	}
	for _, s := range chosen {
		fmt.Printf("%-10s %s, killed within %v\n", s.name, strings.Join(s.args, " "), took[s.name].Round(time.Millisecond))
		if late[s.name] > 0 {
			fmt.Printf("%-10s %d were done before the kill came\n", "", late[s.name])
		}
	}
	fmt.Printf("%d kills, %d with faults\n", count, len(wrong))
	return errors.Join(wrong...)
}

// self is this program, which is Ganvas as well.
var self string

// command is Ganvas with arguments, in the folder of a scenario.
func command(b *bench, args []string) *exec.Cmd {
	c := exec.Command(self, args...)
	c.Dir = b.dir
	c.Env = append(os.Environ(), victim+"=1", "GANVAS_HOME="+b.home)
	return c
}

// ganvas runs a command that must succeed.
func ganvas(b *bench, args ...string) error {
	if out, err := command(b, args).CombinedOutput(); err != nil {
		return fmt.Errorf("ganvas %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}

func prepared(s scenario, b *bench) error {
	if err := os.MkdirAll(b.dir, 0o755); err != nil || s.prepare == nil {
		return err
	}
	return s.prepare(b)
}

// duration returns within which time a scenario's command is killed, a little longer than it takes
// by itself.
func duration(s scenario, dir, home string) (time.Duration, error) {
	if s.most > 0 {
		return s.most, nil
	}
	b := &bench{dir: dir, home: home}
	if err := prepared(s, b); err != nil {
		return 0, err
	}
	start := time.Now()
	if err := ganvas(b, s.args...); err != nil {
		return 0, err
	}
	return time.Since(start) * 11 / 10, os.RemoveAll(b.dir)
}

// kill runs a scenario, kills it, and reports what is wrong afterwards.
func kill(s scenario, b *bench, after time.Duration) (finished bool, err error) {
	if err := prepared(s, b); err != nil {
		return false, err
	}
	c := command(b, s.args)
	if err := c.Start(); err != nil {
		return false, err
	}
	for end := time.Now().Add(after); time.Now().Before(end); {
		b.saved = max(b.saved, savedStep(filepath.Join(b.dir, project)))
	}
	if err := c.Process.Kill(); err != nil {
		finished = true
	}
	_ = c.Wait() // it was killed
	if err := s.check(b); err != nil {
		return finished, fmt.Errorf("after the kill: %w", err)
	}
	if err := ganvas(b, s.again...); err != nil {
		return finished, fmt.Errorf("the next start: %w", err)
	}
	if err := s.check(b); err != nil {
		return finished, fmt.Errorf("after the next start: %w", err)
	}
	if s.sameBits {
		if err := sameBits(b); err != nil {
			return finished, err
		}
	}
	return finished, b.onlyHas(s.files)
}

// onlyHas reports what lies in the folder and does not belong there, and what is missing.
func (b *bench) onlyHas(files []string) error {
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got, want := strings.Join(names, " "), strings.Join(files, " "); got != want {
		return fmt.Errorf("after the next start there are %s, want %s", got, want)
	}
	return filepath.WalkDir(b.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && path != b.dir && strings.HasPrefix(d.Name(), ".") {
			err = fmt.Errorf("%s is left over", path)
		}
		return err
	})
}
