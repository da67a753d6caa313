//go:build smoke && soak

package smoke

import (
	"encoding/csv"
	"flag"
	"fmt"
	"image"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"ganvas/internal/xdnd"
)

var (
	soakTime = flag.Duration("soak", 30*time.Minute, "how long TestSoak uses the window")
	soakExe  = flag.String("soak-program", "", "program that TestSoak uses; empty: builds it")
)

// TestSoak uses the window for a long time: it opens projects and data, trains, explores, judges
// and closes again. Resident memory may grow by a tenth after the first sixth of that time, and in
// the end no goroutine of a closed project is left.
func TestSoak(t *testing.T) {
	exe := *soakExe
	if exe == "" {
		exe = build(t)
	}
	s := newSoaker(t, exe)
	s.use()
	s.judgeMemory()
	s.judgeGoroutines()
}

// reading is how much memory the program had after some time.
type reading struct {
	after time.Duration
	rss   int // KiB
	doing string
}

// soaker is somebody who tries everything again and again, in an order that a seed decides.
type soaker struct {
	*program
	mouse    *xdnd.Dragger
	random   *rand.Rand
	projects []string
	data     []string
	began    time.Time
	doing    string
	readings []reading
}

func newSoaker(t *testing.T, exe string) *soaker {
	t.Helper()
	home := t.TempDir()
	s := &soaker{random: rand.New(rand.NewPCG(1, 2))}
	for _, preset := range []string{"ring", "digits", "emoji32"} {
		path := filepath.Join(t.TempDir(), preset+".ganvas")
		c := exec.Command(exe, "train", preset, "--steps", "60", "--out", path)
		c.Env = append(os.Environ(), "GANVAS_HOME="+home)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("train %s: %v: %s", preset, err, out)
		}
		s.projects = append(s.projects, path)
	}
	s.data = []string{pictures(t, teal), points(t)}
	display := startDisplay(t)
	s.program = start(t, exe, display, home)
	mouse, err := xdnd.New(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(mouse.Close)
	s.mouse = mouse
	until(t, "something in the window", func() bool { return colours(s.screen()) > 20 })
	s.began = time.Now()
	return s
}

// points writes a table of points and returns its path.
func points(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "points.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := csv.NewWriter(f)
	_ = w.Write([]string{"x", "y"})
	random := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		_ = w.Write([]string{fmt.Sprint(random.NormFloat64()), fmt.Sprint(random.NormFloat64())})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		t.Fatal(err)
	}
	return path
}

// use works until the time is over.
func (s *soaker) use() {
	actions := []struct {
		name string
		do   func()
	}{
		{"open a project", func() { s.drop(s.projects); s.pause(3) }},
		{"other data", func() { s.drop(s.data); s.pause(3); s.keys("Escape") }},
		{"train", func() {
			s.keys("ctrl+3", "space")
			s.pause(1)
			s.keys("Return")
			s.pause(10)
			s.keys("ctrl+t")
			s.pause(1)
			s.keys("Escape")
		}},
		{"explore", s.explore},
		{"judge", s.judge},
		{"edit", s.edit},
		{"look at data", s.lookAtData},
		{"new", func() { s.keys("ctrl+n"); s.pause(1); s.keys("Return"); s.pause(1) }},
	}
	for round := 0; time.Since(s.began) < *soakTime; round++ {
		order := s.random.Perm(len(actions))
		for _, i := range order {
			s.doing = actions[i].name
			actions[i].do()
			if s.ended() {
				s.t.Fatalf("the program ended while it was to %s", s.doing)
			}
			s.read()
		}
		if round%5 == 0 {
			s.shoot("soak")
		}
	}
}

// pause lets the program work for some seconds.
func (s *soaker) pause(seconds float64) {
	timer := time.NewTimer(time.Duration(seconds * float64(time.Second)))
	defer timer.Stop()
	<-timer.C
}

func (s *soaker) keys(names ...string) {
	for _, name := range names {
		s.xdotool("key", name)
		s.pause(0.3)
	}
}

func (s *soaker) drop(from []string) {
	if err := s.mouse.Drop(s.window, 640, 400, from[s.random.IntN(len(from))]); err != nil {
		s.t.Logf("after %v: drop: %v", time.Since(s.began).Round(time.Second), err)
	}
	s.pause(1)
	s.keys("Return") // a question, if there is one
}

func (s *soaker) explore() {
	s.keys("ctrl+4")
	for range 6 {
		s.drag(image.Pt(500+s.random.IntN(200), 300+s.random.IntN(100)), image.Pt(400+s.random.IntN(400), 200+s.random.IntN(300)))
		s.keys("r")
	}
	s.keys("ctrl+d", "Home", "ctrl+d")
	s.pause(1)
}

func (s *soaker) judge() {
	s.keys("ctrl+5")
	for _, x := range []int{140, 240, 340, 440, 140} { // its tabs
		s.click(image.Pt(x, 62))
		s.pause(1)
	}
	s.pause(5)
}

func (s *soaker) edit() {
	s.keys("ctrl+2")
	s.pause(2)
	for range 4 {
		s.click(image.Pt(300+s.random.IntN(500), 150+s.random.IntN(500)))
		s.pause(0.3)
		s.keys("Escape")
	}
	s.keys("ctrl+z", "ctrl+z", "ctrl+shift+z")
}

func (s *soaker) lookAtData() {
	s.keys("ctrl+1")
	s.pause(1)
	s.click(image.Pt(150+s.random.IntN(250), 120+s.random.IntN(500)))
	s.pause(3)
	s.keys("Escape")
}

// read notes how much memory the program has.
func (s *soaker) read() {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		s.t.Fatal(err)
	}
	kib := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	if kib == nil {
		s.t.Fatalf("no VmRSS in %s", status)
	}
	rss, _ := strconv.Atoi(string(kib[1]))
	s.readings = append(s.readings, reading{time.Since(s.began), rss, s.doing})
	s.t.Logf("%6.1fs %5d MB after: %s", time.Since(s.began).Seconds(), rss>>10, s.doing)
}

// judgeMemory compares the median of the first sixth with that of the last. The largest readings
// are those of a moment in which one project opens while another is open, and say little.
func (s *soaker) judgeMemory() {
	var sixths [6][]int
	for _, r := range s.readings {
		i := min(5, int(6*r.after / *soakTime))
		sixths[i] = append(sixths[i], r.rss)
	}
	var medians [6]int
	for i, rss := range sixths {
		if len(rss) == 0 {
			s.t.Fatalf("nothing was read in sixth %d", i+1)
		}
		slices.Sort(rss)
		medians[i] = rss[len(rss)/2]
		s.t.Logf("sixth %d: median %d MB, at most %d MB", i+1, medians[i]>>10, rss[len(rss)-1]>>10)
	}
	s.t.Log(s.homeSize())
	if early, late := medians[0], medians[5]; late*10 > early*11 {
		s.t.Errorf("resident memory went from %d to %d MB, more than a tenth", early>>10, late>>10)
	}
}

// homeSize says what the files weigh that the program has left.
func (s *soaker) homeSize() string {
	files, bytes := 0, int64(0)
	_ = filepath.WalkDir(s.home, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				files++
				bytes += info.Size()
			}
		}
		return nil
	})
	return fmt.Sprintf("%d files of %d MB in its home", files, bytes>>20)
}

// judgeGoroutines closes the project and looks at what still runs: one goroutine of each kind.
func (s *soaker) judgeGoroutines() {
	s.keys("Escape", "Escape", "ctrl+n")
	s.pause(5)
	s.shoot("closed")
	if err := s.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		s.t.Fatal(err)
	}
	until(s.t, "the list of goroutines", s.ended)
	count := make(map[string]int)
	for _, stack := range strings.Split(s.stderr.String(), "\n\n") {
		if !strings.HasPrefix(stack, "goroutine ") {
			continue
		}
		lines := strings.Split(stack, "\n")
		for i := len(lines) - 1; i > 0; i-- {
			if name, ok := strings.CutPrefix(lines[i], "created by ganvas/"); ok {
				name, _, _ = strings.Cut(name, " in goroutine")
				count[name]++
				break
			}
		}
	}
	var names []string
	for name, n := range count {
		names = append(names, fmt.Sprintf("%3d %s", n, name))
		if n > 1 && !strings.Contains(name, "engine/tensor") { // one worker a processor
			s.t.Errorf("%d goroutines of %s are left", n, name)
		}
	}
	slices.Sort(names)
	s.t.Logf("goroutines left:\n%s", strings.Join(names, "\n"))
}
