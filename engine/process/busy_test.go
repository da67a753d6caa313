package process

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestMain is also the other process: it announces work in a folder and waits for its input to end.
func TestMain(m *testing.M) {
	if dir := os.Getenv("GANVAS_PROCESS_CHILD"); dir != "" {
		if _, err := Announce(dir, Work{What: "digits", Since: time.Unix(1000, 0)}); err != nil {
			os.Exit(1)
		}
		os.Stdout.WriteString("ready\n")
		_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
		os.Exit(0) // without saying that it is done
	}
	os.Exit(m.Run())
}

func TestOthers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "work")
	others := func(want int) []Work {
		t.Helper()
		got, err := Others(dir)
		if err != nil || len(got) != want {
			t.Errorf("got %v, %v; want %d others", got, err, want)
		}
		return got
	}
	others(0) // no folder yet
	done, err := Announce(dir, Work{What: "ring"})
	if err != nil {
		t.Fatal(err)
	}
	others(0) // this process itself does not count

	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "GANVAS_PROCESS_CHILD="+dir)
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	if got := others(1); len(got) == 1 && (got[0].PID != child.Process.Pid || got[0].What != "digits" || got[0].Since.Unix() != 1000) {
		t.Errorf("got %+v, want digits by %d", got[0], child.Process.Pid)
	}
	others(1) // looking leaves it there

	in.Close()
	if err := child.Wait(); err != nil {
		t.Fatal(err)
	}
	others(0)
	done()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v: files are left", left, err)
	}
}

func TestAnnounceWhereNobodyMayWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Announce(filepath.Join(file, "work"), Work{}); err == nil {
		t.Error("a folder within a file: no error")
	}
}
