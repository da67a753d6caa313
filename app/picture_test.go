package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/cli"
	"ganvas/app/internal/apptest"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
)

// quick is a recipe whose pictures change with every step.
var quick = strings.Replace(apptest.Digits, "[g]\n", "ema = 0\n[g]\nlr = 0.05\n", 1)

// sample has the command line write pictures of a project.
func sample(t *testing.T, args ...string) {
	t.Helper()
	var out bytes.Buffer
	if status := cli.Run(context.Background(), append([]string{"sample"}, args...), cli.Env{Stdout: &out, Stderr: &out, Version: "test"}); status != 0 {
		t.Fatalf("sample %v: exit %d: %s", args, status, out.String())
	}
}

// arrived waits until Explore shows what a message says.
func (r *rig) arrived(says string) {
	r.t.Helper()
	r.until("Explore is where the picture was made", func() bool {
		_, has := r.explore.Shown()
		return r.page == pageExplore && has && r.note.Visible() && strings.Contains(r.note.Text.Text, says)
	})
}

// TestPictureLeadsBack: a picture that is named at the start, or dropped, leads to its project, its
// run, its step and its latent; pictures that say nothing of that are data.
func TestPictureLeadsBack(t *testing.T) {
	project := apptest.Project(t, quick)
	dir := filepath.Dir(project)
	picture, old, plain := filepath.Join(dir, "seven.png"), filepath.Join(dir, "old", "0003.png"), filepath.Join(dir, "plain.png")
	sample(t, project, "--n", "1", "--seed", "7", "--out", picture)
	sample(t, project, "--n", "3", "--at", "0", "--raw", "--out", filepath.Dir(old)+"/")
	sample(t, project, "--n", "64", "--plain", "--out", plain)

	r := newRig(t, Options{Files: []string{picture}})
	r.started()
	r.arrived("seven.png was made at step 6: here it is.")
	if got := r.s.Run.Session.Path(); got != project {
		t.Fatalf("open is %s", got)
	}
	want := r.s.Run.Session.Generator(true).Noise(7, 1)
	r.until("Explore shows it", func() bool { // once it is drawn
		shown, has := r.explore.Shown()
		return has && slices.Equal(shown.Z, want) && shown.Seed != nil && *shown.Seed == 7
	})

	r.dropped([]fyne.URI{uri(old)})
	r.until("the project is not beside the picture, but open", func() bool {
		return r.s.TimeLine.At == 0 && strings.Contains(r.note.Text.Text, "0003.png was made at step 0")
	})
	r.until("Explore shows it", func() bool {
		n, has := r.explore.Shown()
		return has && n.Step == 0 && slices.Equal(n.Z, n.Generator.Noise(1, 3)[16:])
	})
	if r.s.Status.Step != 6 || r.s.Status.Looking {
		t.Errorf("the run itself has gone to step %d", r.s.Status.Step)
	}
	test.Tap(uitest.Button(r.note, "Now"))
	r.until("it goes to the newest step", func() bool {
		n, has := r.explore.Shown()
		return has && n.Step == 6 && !r.s.TimeLine.Past()
	})

	r.dropped([]fyne.URI{uri(plain)})
	r.until("a picture that says nothing is data", func() bool { return r.page == pageData && strings.Contains(r.dialogText(), "single picture") })
	r.desk.Dismiss()
}

// TestPictureOfManyItems: a gallery leads to its first item, and Next to the others.
func TestPictureOfManyItems(t *testing.T) {
	project := apptest.Project(t, quick)
	picture := filepath.Join(filepath.Dir(project), "gallery.png")
	sample(t, project, "--n", "3", "--seed", "9", "--out", picture)
	r := newRig(t, Options{Files: []string{picture}})
	r.started()
	r.arrived("gallery.png has 3 items. This is the first.")
	want := r.s.Run.Session.Generator(true).Noise(9, 3)
	for i, says := range []string{"item 2 of 3", "item 3 of 3"} {
		test.Tap(uitest.Button(r.note, "Next"))
		r.until("the next shows", func() bool {
			n, has := r.explore.Shown()
			return has && slices.Equal(n.Z, want[(i+1)*8:(i+2)*8]) && strings.Contains(r.note.Text.Text, says)
		})
	}
	if b := uitest.Button(r.note, "Next"); b != nil {
		t.Error("there is something next after the last item")
	}
	r.explore.Undo()
	r.until("undo leads back to the second", func() bool {
		n, has := r.explore.Shown()
		return has && r.page == pageExplore && slices.Equal(n.Z, want[8:16])
	})
}

// TestPictureOfACopy: of several copies of a project the one is opened that has the step and the
// weights; where the run was trained anew since, that is said.
func TestPictureOfACopy(t *testing.T) {
	project := apptest.Project(t, quick)
	content, err := os.ReadFile(project)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var copies []string
	for _, name := range []string{"a.ganvas", "b.ganvas", "c.ganvas"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		copies = append(copies, path)
	}
	var out bytes.Buffer
	for i, rate := range []string{"", "0.04", "0.03"} { // b and c go on differently
		if rate == "" {
			continue
		}
		if status := cli.Run(context.Background(), []string{"resume", copies[i], "--steps", "9", "--set", "g.lr=" + rate}, cli.Env{Stdout: &out, Stderr: &out}); status != 0 {
			t.Fatalf("exit %d: %s", status, out.String())
		}
	}
	picture := filepath.Join(dir, "x.png")
	sample(t, copies[2], "--n", "1", "--out", picture)
	r := newRig(t, Options{Files: []string{picture}})
	r.started()
	r.arrived("x.png was made at step 15: here it is.")
	if got := r.s.Run.Session.Path(); got != copies[2] {
		t.Errorf("open is %s, want %s", got, copies[2])
	}
	other := filepath.Join(t.TempDir(), "y.png")
	sample(t, copies[1], "--n", "1", "--out", other)
	for _, path := range copies[:2] {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	r.dropped([]fyne.URI{uri(other)})
	r.arrived("But the weights are others")
}

// TestPictureWithoutProject: of a picture whose project is not there the window says which it was,
// and offers its recipe, its use as data, and to find the project.
func TestPictureWithoutProject(t *testing.T) {
	project := apptest.Project(t, quick)
	away := filepath.Join(t.TempDir(), "away.png")
	sample(t, project, "--n", "1", "--out", away)
	other := apptest.Project(t, apptest.Points)
	r := readyRig(t, apptest.Points)
	asked := func() {
		t.Helper()
		r.dropped([]fyne.URI{uri(away)})
		r.until("it asks", func() bool { return strings.Contains(r.dialogText(), "made.ganvas, run 1 (tiny-digits), at step 6") })
	}
	asked()
	test.Tap(r.button("Use its recipe"))
	r.until("its recipe is the plan", func() bool { return r.page == pageBuild && r.s.Plan.Now().Name == "tiny-digits" })
	r.undoHere()
	find := func(path string) {
		t.Helper()
		asked()
		test.Tap(r.button("Find it…"))
		entry := uitest.FindAll[*ui.DialogEntry](r.desk.Win.Canvas().Overlays().Top())[0]
		entry.SetText(path)
		entry.OnSubmitted(path)
	}
	find(other)
	r.until("it says that another project is none", func() bool { return strings.Contains(r.dialogText(), "is not the project that made it") })
	r.desk.Dismiss()
	find(project)
	r.arrived("away.png was made at step 6")
	if got := r.s.Run.Session.Path(); got != project {
		t.Errorf("open is %s", got)
	}
}

// TestPictureIsDamaged: one whose record is damaged is refused in a sentence, and nothing changes.
func TestPictureIsDamaged(t *testing.T) {
	project := apptest.Project(t, quick)
	picture := filepath.Join(filepath.Dir(project), "x.png")
	sample(t, project, "--n", "1", "--out", picture)
	content, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	content[bytes.Index(content, []byte("iTXt"))+30] ^= 1
	if err := os.WriteFile(picture, content, 0o600); err != nil {
		t.Fatal(err)
	}
	r := readyRig(t, apptest.Points)
	data := r.s.Data.Set
	r.dropped([]fyne.URI{uri(picture)})
	r.until("it says so", func() bool { return strings.Contains(r.dialogText(), "its checksum differs") })
	if r.s.Data.Set != data || r.s.Run != nil {
		t.Error("something else is open")
	}
	r.desk.Dismiss()
}

// TestPictureWhileTraining: a picture leads back to its step also while training goes on.
func TestPictureWhileTraining(t *testing.T) {
	project := apptest.Project(t, quick)
	picture := filepath.Join(filepath.Dir(project), "x.png")
	sample(t, project, "--n", "1", "--out", picture)
	r := newRig(t, Options{Files: []string{project}})
	r.started()
	r.until("the project is open", func() bool { return r.s.Run != nil && r.s.Reason == "" })
	if err := r.s.Plan.SetLive("steps", "1000000", "Train on"); err != nil {
		t.Fatal(err)
	}
	r.until("it may train on", func() bool { return r.s.Status.Steps == 1_000_000 && r.s.Reason == "" })
	r.ask.train()
	r.until("it trains", func() bool { return r.s.Status.Running && r.s.Status.Step > 6 })
	r.dropped([]fyne.URI{uri(picture)})
	r.arrived("x.png was made at step 6: here it is. You look at the past")
	r.until("its step shows", func() bool {
		n, has := r.explore.Shown()
		return has && n.Step == 6 && r.s.TimeLine.At == 6
	})
	if !r.s.Status.Running {
		t.Error("the picture has ended the training")
	}
	r.ask.toggle()
	r.until("it is paused", func() bool { return !r.s.Status.Running })
}
