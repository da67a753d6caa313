//go:build unix

package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ganvas/app/words"
	"ganvas/engine/ckpt"
)

// endless is a training that ends when it is told to.
func endless(path string) []string {
	return append([]string{"train", "moons", "--seed", "7", "--steps", "0", "--autosave", "50ms", "--out", path}, small...)
}

// under is a program of the shell in which "$@" is a command of this program, of a kind that
// runChild knows.
func under(kind, shell string, args ...string) *exec.Cmd {
	c := exec.Command("sh", append([]string{"-c", shell, "sh", os.Args[0]}, args...)...)
	c.Env = append(os.Environ(), "GANVAS_CLI_CHILD="+kind)
	return c
}

// trains waits until steps of a project are saved.
func trains(t *testing.T, path string) {
	t.Helper()
	for {
		f, err := ckpt.OpenReadOnly(path)
		if err == nil {
			list, err := f.Checkpoints(1)
			f.Close()
			if err == nil && len(list) > 1 {
				return
			}
		}
	}
}

// Whatever asks a run to end lets it save, and it says how to go on. A closed terminal sends its
// signal more than once.
func TestEndSignals(t *testing.T) {
	heeded := make(chan os.Signal, 1) // what runs under nohup would have the programs that it starts ignore it
	signal.Notify(heeded, syscall.SIGHUP)
	defer signal.Stop(heeded)
	for name, signals := range map[string][]syscall.Signal{
		"Ctrl-C":          {syscall.SIGINT},
		"end":             {syscall.SIGTERM},
		"closed terminal": {syscall.SIGHUP},
		"from several":    {syscall.SIGHUP, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGTERM},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.ganvas")
			c := child("main", endless(path)...)
			var said strings.Builder
			c.Stderr = &said
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			trains(t, path)
			for _, s := range signals {
				if err := c.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
			}
			_ = c.Wait()
			if got := c.ProcessState.ExitCode(); got != exitInterrupted {
				t.Errorf("exit %d, want %d: %s", got, exitInterrupted, said.String())
			}
			in, err := inspect(path, 0)
			if err != nil {
				t.Fatal(err)
			}
			if want := "interrupted at step " + words.Thousands(in.Step) + " and saved: go on with: ganvas resume " + path; in.Step == 0 || !strings.Contains(said.String(), want) {
				t.Errorf("says %q, want %q", said.String(), want)
			}
		})
	}
}

// A run that was started to outlive its terminal does.
func TestNohup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ganvas")
	c := under("main", `trap '' HUP; exec "$@"`, append(endless(path), "--json")...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	trains(t, path)
	if err := c.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	for before := -1.0; ; { // it still works: another reader sees the processor time grow
		now := cpuTime(t, c.Process.Pid)
		if before >= 0 && now > before+0.05 {
			break
		}
		if before < 0 {
			before = now
		}
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, out); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if got := c.ProcessState.ExitCode(); got != exitInterrupted {
		t.Errorf("exit %d, want %d", got, exitInterrupted)
	}
}

// Output that nobody reads does not end a run: neither a reader that has gone nor a stream that was
// closed from the start.
func TestClosedStreams(t *testing.T) {
	want := ""
	for name, shell := range map[string]string{
		"open":           `"$@"`,
		"readers gone":   `"$@" 2>&1 | true`,
		"closed streams": `"$@" >&- 2>&- <&-`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.ganvas")
			args := append([]string{"train", "moons", "--seed", "7", "--steps", "1500", "--out", path}, small...)
			if err := under("unread", shell, args...).Run(); err != nil {
				t.Fatal(err)
			}
			in, err := inspect(path, 0)
			if err != nil {
				t.Fatal(err)
			}
			if want == "" {
				want = in.StateSHA256
			}
			if in.Step != 1500 || in.StateSHA256 != want {
				t.Errorf("step %d, want 1500, with the same bits", in.Step)
			}
		})
	}
}

// A command whose first lines are all that is read ends quietly.
func TestHead(t *testing.T) {
	var said strings.Builder
	c := under("main", `"$@" presets | head -n 1`)
	c.Stderr = &said
	out, err := c.Output()
	if err != nil || said.Len() > 0 || strings.Count(string(out), "\n") != 1 {
		t.Errorf("%q, %v, says %q", out, err, said.String())
	}
}

// cpuTime returns the processor time in seconds that a process has used.
func cpuTime(t *testing.T, pid int) float64 {
	t.Helper()
	f, err := os.Open(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Skip("this system does not tell what a process does: ", err)
	}
	defer f.Close()
	line, err := bufio.NewReader(f).ReadString('\n')
	if err != nil && err != io.EOF {
		t.Fatal(err)
	}
	fields := strings.Fields(line[strings.LastIndex(line, ")")+1:])
	var user, system int64
	if _, err := fmt.Sscan(fields[11]+" "+fields[12], &user, &system); err != nil {
		t.Fatal(err)
	}
	return float64(user+system) / 100
}
