package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A watch is standard error that does something once it is said that a run is not saved.
type watch struct{ then func() }

func (w watch) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("is not saved until the disk lets it")) {
		w.then()
	}
	return os.Stderr.Write(p)
}

// onFullDisk runs a command in a small file system of its own, and says what is left there. Once
// the command says that it cannot save, the disk grows, or the command is interrupted.
func onFullDisk(env Env) int {
	dir, size, then, args := os.Args[1], os.Args[2], os.Args[3], os.Args[4:]
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		fmt.Fprintln(os.Stderr, "mount:", err)
		return 99
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	env.Patience = time.Millisecond
	env.Stderr = watch{func() {
		if then == "interrupt" {
			cancel()
		} else if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=10m"); err != nil {
			fmt.Fprintln(os.Stderr, "mount:", err)
		}
	}}
	status := Run(ctx, args, env)
	entries, err := os.ReadDir(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 99
	}
	for _, e := range entries {
		fmt.Println("left:", e.Name())
	}
	return status
}

func TestFullDisk(t *testing.T) {
	project := trained(t, t.TempDir(), "a.ganvas", "2")
	large := trained(t, t.TempDir(), "large.ganvas", "100", "--set", "g.layers=linear 64,relu,linear 64,relu,linear 2")
	dir := t.TempDir()
	run := func(steps string) []string {
		return []string{
			"train", "moons", "--steps", steps, "--autosave", "1ns", "--set", "g.layers=linear 64,relu,linear 64,relu,linear 2",
			"--out", filepath.Join(dir, "b.ganvas"),
		}
	}
	for _, test := range []struct {
		name, size, then string
		args             []string
		status           int
		says             string
	}{
		{"at the start", "16k", "", []string{"train", "moons", "--steps", "2", "--out", filepath.Join(dir, "b.ganvas")}, exitFailed, "full"},
		{"with the first state", "200k", "", []string{"train", "digits", "--steps", "2", "--out", filepath.Join(dir, "b.ganvas")}, exitFailed, "full"},
		{"until there is room", "700k", "grow", run("200"), exitDone, "saved again: nothing is missing"},
		{"until it is interrupted", "700k", "interrupt", run("0"), exitFailed, "full"},
		{"numbers", "16k", "", []string{"sample", project, "--n", "100000", "--out", filepath.Join(dir, "x.csv")}, exitFailed, "16.4 kB are free on the disk: choose fewer items"},
		{"a model", "16k", "", []string{"export", "onnx", large, "--out", filepath.Join(dir, "x.onnx")}, exitFailed, "full"},
		{"weights", "16k", "", []string{"export", "safetensors", large, "--out", filepath.Join(dir, "x.safetensors")}, exitFailed, "full"},
		{"events", "8k", "", []string{"export", "tensorboard", large, "--out", filepath.Join(dir, "logs")}, exitFailed, "full"},
		{"a project of PyTorch", "100k", "", []string{"export", "pytorch", large, "--out", filepath.Join(dir, "torch")}, exitFailed, "full"},
		{"a packed one", "100k", "", []string{"export", "pytorch", large, "--out", filepath.Join(dir, "torch.zip")}, exitFailed, "full"},
		{"metrics", "4k", "", []string{"export", "metrics", large, "--out", filepath.Join(dir, "x.csv")}, exitFailed, "full"},
		{"a chart", "16k", "", []string{"export", "charts", large, "--out", filepath.Join(dir, "x.png")}, exitFailed, "full"},
		{"charts", "32k", "", []string{"export", "charts", large, "--out", filepath.Join(dir, "charts")}, exitFailed, "full"},
		{"a gallery", "16k", "", []string{"sample", project, "--scale", "4", "--out", filepath.Join(dir, "x.png")}, exitFailed, "full"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := child("full disk", append([]string{dir, test.size, test.then}, test.args...)...)
			var stdout, stderr bytes.Buffer
			c.Stdout, c.Stderr = &stdout, &stderr
			c.SysProcAttr = &syscall.SysProcAttr{
				Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
				UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
				GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
			}
			err := c.Run()
			if errors.Is(err, syscall.EPERM) || c.ProcessState != nil && c.ProcessState.ExitCode() == 99 {
				t.Skipf("this system lets no test mount a file system of its own: %v %s", err, stderr.String())
			}
			if got := c.ProcessState.ExitCode(); got != test.status {
				t.Errorf("exit %d, want %d", got, test.status)
			}
			said := stderr.String()
			if !strings.Contains(said, test.says) {
				t.Errorf("says %q, want %q", said, test.says)
			}
			if left := stdout.String(); left != "" && test.then == "" {
				t.Errorf("left behind: %s", left)
			}
		})
	}
}
