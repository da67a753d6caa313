package cli

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
)

// train --force leaves the project that is there until the new run has learnt something, and for
// good if it never does.
func TestForceKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	path := trained(t, dir, "a.ganvas", "10")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	diverge := []string{
		"train", "ring", "--out", path, "--force", "--set", "objective=minimax", "--set", "r1=0", "--set", "r2=0",
		"--set", "g.lr=10", "--set", "d.lr=10", "--set", "g.optimizer=sgd", "--set", "d.optimizer=sgd",
	}
	r := run(t, diverge...)
	if r.status != exitFailed || !strings.Contains(r.stderr, "as it was") {
		t.Errorf("exit %d: %s", r.status, r.stderr)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("a run that learnt nothing has changed the project that was there, error %v", err)
	}
	if names := listing(t, dir); len(names) != 2 { // the folder and the project
		t.Errorf("%v are left", names)
	}
	must(t, append([]string{"train", "moons", "--force", "--steps", "3", "--out", path}, small...)...)
	if in, err := inspect(path, 0); err != nil || in.Step != 3 {
		t.Errorf("after --force: %+v, %v", in, err)
	}
	if names := listing(t, dir); len(names) != 2 { // the folder and the project
		t.Errorf("%v are left", names)
	}
}

// What is damaged is said where it is, and what is whole is used.
func TestDamagedIsSaid(t *testing.T) {
	path := trained(t, t.TempDir(), "a.ganvas", "10")
	must(t, "resume", path, "--steps", "5")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	flip := func(text string, at int) {
		t.Helper()
		i := bytes.LastIndex(content, []byte(text))
		if i < 0 {
			t.Fatalf("%q is not in the file", text)
		}
		content[i+at] ^= 1
	}
	flip("moons", 0) // the recipe's name
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	var in inspection
	if err := json.Unmarshal([]byte(must(t, "inspect", "--json", path)), &in); err != nil {
		t.Fatal(err)
	}
	if len(in.Damaged) != 1 || in.Damaged[0] != "recipe of run 1" {
		t.Errorf("damaged: %q", in.Damaged)
	}
	if text := must(t, "inspect", path); !strings.Contains(text, "damaged: recipe of run 1") {
		t.Errorf("inspect says\n%s", text)
	}
	for _, args := range [][]string{{"sample", path, "--out", filepath.Join(t.TempDir(), "x.npy")}, {"resume", path, "--steps", "2"}} {
		if r := run(t, args...); r.status != exitFailed || !strings.Contains(r.stderr, "damaged (recipe of run 1)") {
			t.Errorf("%s: exit %d: %s", args[0], r.status, r.stderr)
		}
	}
}

// A checkpoint that is damaged is called so at its place, also where the networks depend on what it
// knows.
func TestDamagedCheckpointIsSaid(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ganvas")
	must(t, append([]string{"train", "moons", "--seed", "7", "--steps", "4", "--out", path, "--set", "conditional=concat", "--set", "labels=folder"}, small...)...)
	must(t, "resume", path, "--steps", "2")
	var before, in inspection
	if err := json.Unmarshal([]byte(must(t, "inspect", "--json", path)), &before); err != nil {
		t.Fatal(err)
	}
	newest := before.Checkpoints[len(before.Checkpoints)-1].Step
	damageState(t, path, newest)
	if err := json.Unmarshal([]byte(must(t, "inspect", "--json", path)), &in); err != nil {
		t.Fatal(err)
	}
	for _, c := range in.Checkpoints {
		if c.Damaged != (c.Step == newest) {
			t.Errorf("checkpoint of step %d: damaged %v", c.Step, c.Damaged)
		}
	}
	if len(in.Damaged) != 1 || in.GParams != before.GParams || in.GParams == 0 {
		t.Errorf("damaged %q, %d parameters of %d", in.Damaged, in.GParams, before.GParams)
	}
	if text := must(t, "inspect", path); !strings.Contains(text, ", damaged") {
		t.Errorf("inspect says\n%s", text)
	}
}

// damageState changes a bit in the weights of a checkpoint.
func damageState(t *testing.T, path string, step int64) {
	t.Helper()
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	state, err := f.Load(1, step)
	f.Close()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range state.Entries {
		var b []byte
		for _, v := range e.F32[:min(len(e.F32), 8)] {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		if len(b) == 32 && bytes.Count(content, b) == 1 { // of this checkpoint alone
			content[bytes.Index(content, b)] ^= 1
			if err := os.WriteFile(path, content, 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatal("no weights of this checkpoint alone")
}

// Training into a write-protected project is refused at its start, also by the super-user.
func TestResumeWriteProtected(t *testing.T) {
	path := trained(t, t.TempDir(), "a.ganvas", "10")
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if r := run(t, "resume", path, "--steps", "2"); r.status != exitFailed || !strings.Contains(r.stderr, "write-protected") {
		t.Errorf("exit %d: %s", r.status, r.stderr)
	}
	must(t, "inspect", path)
}
