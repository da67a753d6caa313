package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
)

// thinnedRun is a project at step 3 of which step 2 has the averaged generator alone.
func thinnedRun(t *testing.T) string {
	t.Helper()
	path := trained(t, t.TempDir(), "a.ganvas", "2", "--set", "ema=0.9")
	f, err := ckpt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	state, err := f.Load(1, -1)
	if err != nil {
		t.Fatal(err)
	}
	core := 0
	for strings.HasPrefix(state.Entries[core].Name, "ema.") {
		core++
	}
	// The end of a training stays full: step 2 becomes one at which it was paused.
	if err := f.Rewind(1, 0); err != nil {
		t.Fatal(err)
	}
	for step := int64(2); step <= 3; step++ {
		state.Meta["step"] = strconv.FormatInt(step, 10)
		if err := f.Save(ckpt.Save{Run: 1, Step: step, Kind: "pause", State: state, Core: core, Full: -1}); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// What a thinned checkpoint can do, it does; what it cannot, is refused with the way out.
func TestGeneratorOnly(t *testing.T) {
	path := thinnedRun(t)
	picture := filepath.Join(t.TempDir(), "a.csv")
	must(t, "sample", path, "--at", "2", "--out", picture, "--n", "4")
	must(t, "evaluate", path, "--at", "2", "--samples", "100")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"sample", path, "--at", "2", "--out", picture, "--force", "--raw"}, "leave out --raw"},
		{[]string{"evaluate", path, "--at", "2", "--raw"}, "leave out --raw"},
		{[]string{"resume", path, "--from", "2", "--steps", "1"}, "go on from step 3"},
	} {
		if r := run(t, test.args...); r.status != exitFailed || !strings.Contains(r.stderr, test.want) {
			t.Errorf("ganvas %s: exit %d, %q, want %q", strings.Join(test.args, " "), r.status, r.stderr, test.want)
		}
	}
	if text := must(t, "inspect", path); !strings.Contains(text, "pause, generator only") {
		t.Errorf("inspect prints %q", text)
	}
	in, err := inspect(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range in.Checkpoints {
		if k.GeneratorOnly != (k.Step < 3) {
			t.Errorf("checkpoint %+v", k)
		}
	}
	must(t, "resume", path, "--from", "3", "--steps", "1")
}

// A project weighs what its file does: in all, by parts and by runs.
func TestWeight(t *testing.T) {
	path := twoRuns(t, t.TempDir())
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	in, err := inspect(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	w := in.Weight
	if sum := w.Checkpoints + w.Views + w.Sheets + w.Metrics + w.Checkups + w.Events + w.Judgements + w.Finds + w.Free + w.Rest; w.Bytes != info.Size() || sum != w.Bytes {
		t.Errorf("%+v of a file of %d bytes", w, info.Size())
	}
	if w.Checkpoints == 0 || w.Metrics == 0 {
		t.Errorf("%+v: nothing was learnt", w)
	}
	var listed struct {
		Runs  []runLine `json:"runs"`
		Bytes int64     `json:"bytes"`
	}
	if err := json.Unmarshal([]byte(must(t, "runs", path, "--json")), &listed); err != nil {
		t.Fatal(err)
	}
	if sum := listed.Runs[0].Bytes + listed.Runs[1].Bytes; listed.Bytes != w.Bytes || sum+w.Free+w.Rest != w.Bytes || listed.Runs[1].Bytes == 0 {
		t.Errorf("runs %+v of %d bytes", listed.Runs, listed.Bytes)
	}
	for _, command := range []string{"inspect", "runs"} {
		if text := must(t, command, path); !strings.Contains(text, "SIZE") || !strings.Contains(text, "kB") {
			t.Errorf("%s prints %q", command, text)
		}
	}
}
