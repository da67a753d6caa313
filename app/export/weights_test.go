package export

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/ui/uitest"
	"ganvas/engine/ckpt"
	engine "ganvas/engine/export"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// importing chooses a file of weights, and what is asked of it.
func (d *desk) importing(path string, whose bool) {
	d.t.Helper()
	d.Host.Path = path
	d.w.ImportWeights()
	d.Until("it is asked, or refused", func() bool { return d.Host.Dialog() != nil || len(d.Host.Failed) > 0 })
	if d.Host.Dialog() == nil {
		return
	}
	if selects := uitest.FindAll[*widgets.Select](d.Host.Dialog()); (len(selects) == 1) != whose {
		d.t.Errorf("it asks whose the weights are: %v, want %v", len(selects) == 1, whose)
	}
	test.Tap(d.Button("Import"))
}

// TestImportWeights: weights become a run, which is open then; the one before can be opened again.
func TestImportWeights(t *testing.T) {
	d := newDesk(t, averagedDigits)
	d.dialog(entryCalled(t, "safetensors"), bothPlayers.Title)
	d.export("w.safetensors")
	before := d.S.Run.Session.State()
	d.importing(filepath.Join(d.dir, "w.safetensors"), false)
	d.Until("the new run is open", func() bool { return !d.S.Work.Busy() && d.S.Run.Session.RunID() == 2 })
	if want := "w.safetensors is run 2 now"; !strings.Contains(d.Said.Text, want) {
		t.Errorf("says %q, want %q", d.Said.Text, want)
	}
	after := d.S.Run.Session.State()
	for _, e := range before.Entries {
		if player := session.PlayerOf(e.Name); player != "g" && player != "d" && player != "ema" {
			continue
		}
		i := slices.IndexFunc(after.Entries, func(o ckpt.Entry) bool { return o.Name == e.Name })
		if i < 0 || !slices.Equal(after.Entries[i].F32, e.F32) {
			t.Errorf("%s is not the one that was exported", e.Name)
		}
	}
	d.dialog(entryCalled(t, "Charts"))
	d.export("charts") // of the new run, which begin with those of the run that it goes on from
	if failed := d.Host.Failed; len(failed) != 0 || len(d.names()) != 2 {
		t.Errorf("charts of a run that goes on from another: %v, left %q", failed, d.names())
	}
	runs, err := d.S.Run.Session.Runs()
	if err != nil || len(runs) != 2 || runs[1].Parent != 1 || !runs[1].Current {
		t.Errorf("the runs are %+v, %v", runs, err)
	}
	old, err := engine.Open(d.S.Run.Session.Path(), 1, -1)
	if err != nil || old.State().SHA256() != before.SHA256() {
		t.Errorf("run 1 is no longer as it was: %v", err)
	}
}

// TestImportProject: the folder of a PyTorch project comes back by the file of its state, with what
// the optimisers remember.
func TestImportProject(t *testing.T) {
	d := newDesk(t, averagedDigits)
	d.dialog(entryCalled(t, "PyTorch project"))
	d.export("p")
	before := d.S.Run.Session.State().SHA256()
	d.importing(filepath.Join(d.dir, "p", "state.safetensors"), false)
	d.Until("the new run is open", func() bool { return !d.S.Work.Busy() && d.S.Run.Session.RunID() == 2 })
	if want := "p is run 2 now"; !strings.Contains(d.Said.Text, want) {
		t.Errorf("says %q, want %q", d.Said.Text, want)
	}
	if after := d.S.Run.Session.State().SHA256(); after != before {
		t.Error("an untouched project comes back as another state")
	}
}

// TestImportRefused: weights that do not fit change nothing, and training goes on.
func TestImportRefused(t *testing.T) {
	d := newDesk(t, averagedDigits)
	write := func(name string, state *ckpt.State) string {
		t.Helper()
		path := filepath.Join(d.dir, name)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(ckpt.EncodeSafetensors(f, state), f.Close()); err != nil {
			t.Fatal(err)
		}
		return path
	}
	text := filepath.Join(d.dir, "text.safetensors")
	if err := os.WriteFile(text, []byte("no weights"), 0o644); err != nil {
		t.Fatal(err)
	}
	bare := &ckpt.State{Entries: []ckpt.Entry{{Name: "0.weight", DType: "F32", Shape: []int{2}, F32: []float32{1, 2}}}}
	longer := d.S.Plan.Now().Clone()
	longer.Steps = 100_000_000
	d.S.Plan.Edit(longer, "test", false)
	d.Until("the run takes more steps", func() bool { return d.S.Status.Steps > 6 })
	d.S.Training.Start((*session.Session).Train)
	d.Until("it trains", func() bool { return d.S.Status.Running })
	for _, c := range []struct {
		path  string
		whose bool
		want  string
	}{
		{filepath.Join(d.dir, "none.safetensors"), false, "none.safetensors"},
		{text, false, "not a safetensors file"},
		{write("bare.safetensors", bare), true, "0.weight has shape"},
	} {
		d.importing(c.path, c.whose)
		d.Until("it is refused", func() bool { return len(d.Host.Failed) > 0 })
		if got := d.Host.Failed[0].Error(); !strings.Contains(got, c.want) || strings.Contains(got, "--") {
			t.Errorf("it says %q, want %q", got, c.want)
		}
		d.Host.Failed = nil
		d.Until("it trains again", func() bool { return d.S.Run.Session.Status().Running })
		if runs, err := d.S.Run.Session.Runs(); err != nil || len(runs) != 1 {
			t.Errorf("there are %d runs: %v", len(runs), err)
		}
	}
}

// TestNowhereToImport: without a project it is said what is missing.
func TestNowhereToImport(t *testing.T) {
	r := uitest.Start(t, nil)
	w := &Window{S: r.S, Host: r.Host, Prefs: r.Prefs()}
	if w.ImportWeights(); !r.Said.Warning || r.Host.Dialog() != nil {
		t.Errorf("says %q", r.Said.Text)
	}
}
