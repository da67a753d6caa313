package runspage

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/judge"
	"ganvas/engine/metrics"
	"ganvas/engine/session"
)

// A rig is the page of a project with a run of 40 steps, a copy of it, and a run of another batch
// that is open.
type rig struct {
	*uitest.Rig
	t    *testing.T
	page *Page
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{uitest.Start(t, nil), t, nil}
	r.page = New(r.S, r.Host)
	r.Show(r.page)
	r.Ready(apptest.Points)
	r.Train()
	r.Until("it is trained", func() bool { return r.S.Status.Step == 40 && !r.S.Status.Running })
	r.S.Runs.Duplicate(1, -1, "a copy", func(int64) {})
	r.shows("a copy")
	other := r.S.Plan.Now().Clone()
	other.Batch = 8
	r.S.Plan.Edit(other, "test", false)
	r.S.Training.Replace((*session.Session).Train)
	r.Until("another is trained", func() bool {
		return len(r.page.table.lines) == 3 && r.S.Run.Recipe.Batch == 8 && r.S.Status.Step == 40 && !r.S.Status.Running && !r.S.Work.Busy()
	})
	return r
}

// shows waits until a line of the table has a name.
func (r *rig) shows(name string) {
	r.t.Helper()
	r.Until("the list shows "+name, func() bool { return r.line(name) >= 0 })
}

// line is the number of the line of a run of a name, −1 where there is none.
func (r *rig) line(name string) int {
	return slices.IndexFunc(r.page.table.lines, func(l line) bool { return l.entry.Name == name })
}

// TestTree shows each run before its branches, with what it differs in, and the one that is open.
func TestTree(t *testing.T) {
	r := newRig(t)
	r.Until("the lines are read", func() bool { return r.page.table.lines[2].entry.Step == 40 })
	var got []string
	for _, l := range r.page.table.lines {
		got = append(got, l.name+" | "+l.differs+" | "+l.step)
	}
	want := []string{"tiny | The first run: Ring of 8 | 40 of 40", "– a copy | From step 40: the same recipe | 40 of 40", "tiny | Batch 8 instead of 16 | 40 of 40"}
	if !slices.Equal(got, want) {
		t.Errorf("the lines are %q, want %q", got, want)
	}
	if l := r.page.table.current(); l == nil || !l.open || l.entry.ID != 3 {
		t.Errorf("the current line is %+v, want that of the open run", l)
	}
	r.Until("the thumbnails are drawn", func() bool { return len(r.page.thumbs.drawn) == 3 })
	if r.page.table.row(1).thumb.Image == nil {
		t.Error("a run has no thumbnail")
	}
}

// TestEmptyPage says what runs are, where there are none.
func TestEmptyPage(t *testing.T) {
	r := uitest.Start(t, nil)
	p := New(r.S, r.Host)
	r.Show(p)
	if !p.empty.Visible() || p.list.Visible() || !p.compare.empty.Visible() {
		t.Error("an empty page does not say so")
	}
}

// TestKeys goes through the list, ticks, opens and deletes with the keyboard alone.
func TestKeys(t *testing.T) {
	r := newRig(t)
	table := r.page.table
	r.Host.Window().Canvas().Focus(table)
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			r.Type(n)
		}
	}
	press(fyne.KeyHome, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	if got := table.chosen(); !slices.Equal(got, []int64{1, 2}) {
		t.Errorf("ticked are %v, want 1 and 2", got)
	}
	press(fyne.KeySpace, fyne.KeyUp, fyne.KeySpace, fyne.KeyEnd, fyne.KeyDelete)
	if r.Said.Text != "The run that is open cannot be deleted: open another one first." {
		t.Errorf("says %q", r.Said.Text)
	}
	press(fyne.KeyUp, fyne.KeyDelete)
	r.Until("the copy is deleted", func() bool { return len(table.lines) == 2 && len(r.page.shown.Deleted) == 1 })
	if !strings.HasPrefix(r.Said.Text, "Run 2 is deleted. ") || len(r.Said.Choices) != 1 {
		t.Errorf("says %q", r.Said.Text)
	}
	if undo, _ := r.page.EditLabels(); undo != "Delete run" {
		t.Errorf("undo would take back %q", undo)
	}
	r.page.Undo()
	r.shows("a copy")
	r.page.Redo()
	r.Until("it is deleted again", func() bool { return len(table.lines) == 2 })
	r.page.Undo()
	r.shows("a copy")
	press(fyne.KeyHome, fyne.KeyReturn)
	r.Until("the first run is open", func() bool { return r.S.Run.Session.RunID() == 1 && !r.S.Work.Busy() })
	if r.S.Plan.Now().Batch != 16 {
		t.Errorf("the plan has a batch of %d, want the run's 16", r.S.Plan.Now().Batch)
	}
}

// TestMouse ticks with Ctrl and Shift.
func TestMouse(t *testing.T) {
	r := newRig(t)
	table := r.page.table
	click := func(i int, held fyne.KeyModifier) {
		row := table.row(i)
		row.MouseDown(&desktop.MouseEvent{Modifier: held})
		test.Tap(row)
	}
	click(0, 0)
	click(2, fyne.KeyModifierShift)
	if got := table.chosen(); !slices.Equal(got, []int64{1, 2, 3}) {
		t.Errorf("ticked are %v, want all", got)
	}
	click(1, fyne.KeyModifierShortcutDefault)
	if got := table.chosen(); !slices.Equal(got, []int64{1, 3}) || table.at != 2 {
		t.Errorf("ticked are %v at %d, want 1 and 3 at 2", got, table.at)
	}
}

// TestRenameAndNote keeps names and notes while the run that is open stays what it is.
func TestRenameAndNote(t *testing.T) {
	r := newRig(t)
	r.page.table.goTo(0)
	test.Tap(r.page.bar.naming)
	if err := r.Host.Question.Take(" "); err == nil {
		t.Error("an empty name is taken")
	}
	if err := r.Host.Question.Take("the first"); err != nil {
		t.Fatal(err)
	}
	r.shows("the first")
	d := r.page.detail
	r.Host.Window().Canvas().Focus(d.note)
	d.note.SetText("a note\nof two lines")
	r.Host.Window().Canvas().Focus(r.page.table)
	r.Until("the note is kept", func() bool { return r.page.table.lines[0].note == "a note of two lines" })
	r.Host.Window().Canvas().Focus(d.note)
	d.note.SetText("gone")
	r.Type(fyne.KeyEscape)
	if d.note.Text != "a note\nof two lines" {
		t.Errorf("Escape leaves %q", d.note.Text)
	}
	r.Host.Window().Canvas().Focus(d.note)
	d.note.SetText(strings.Repeat("x", 5000))
	r.Host.Window().Canvas().Focus(r.page.table)
	if !d.wrong.Visible() {
		t.Error("a note that is too long is not refused")
	}
	d.note.SetText("")
	d.keep()
	r.Until("the note is gone", func() bool { return r.page.table.lines[0].note == "" })
	r.page.Undo()
	r.Until("the name is as before", func() bool { return r.line("the first") < 0 })
}

// TestSorting sorts by every column, and the other way round by a second press.
func TestSorting(t *testing.T) {
	r := newRig(t)
	for run, value := range map[int64]float64{1: 0.5, 3: 0.25} {
		text, err := judge.Encode([]metrics.Measure{{Name: "js", Value: value}})
		if err == nil {
			err = r.S.Run.Session.File().PutJudgement(run, ckpt.Judgement{Step: 40, Key: judge.Key(datasets.Points, 2000, true), Text: text})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	r.page.renew()
	r.Until("the numbers are read", func() bool {
		read := 0
		for _, l := range r.page.table.lines {
			if l.value != nil {
				read++
			}
		}
		return r.page.measure() == "js" && read == 2
	})
	ids := func() (list []int64) {
		for _, l := range r.page.table.lines {
			list = append(list, l.entry.ID)
		}
		return list
	}
	heads := r.page.table.heads
	test.Tap(heads[bestColumn])
	if got := ids(); !slices.Equal(got, []int64{3, 1, 2}) || !r.page.table.lines[0].top {
		t.Errorf("by the best number: %v", got)
	}
	test.Tap(heads[bestColumn])
	if got := ids(); !slices.Equal(got, []int64{2, 1, 3}) {
		t.Errorf("by the worst number: %v", got)
	}
	test.Tap(heads[1])
	if got := ids(); !slices.Equal(got, []int64{3, 2, 1}) { // Batch, From, The first
		t.Errorf("by what differs: %v", got)
	}
	test.Tap(heads[0])
	if got := ids(); !slices.Equal(got, []int64{1, 2, 3}) {
		t.Errorf("as a tree: %v", got)
	}
}

// TestCompare lays two runs beside one another, while the one that is open trains.
func TestCompare(t *testing.T) {
	r := newRig(t)
	if !r.page.bar.comparing.Disabled() {
		t.Error("one run can be compared")
	}
	longer := r.S.Plan.Now().Clone()
	longer.Steps = 1_000_000
	r.S.Plan.Edit(longer, "test", false)
	r.Until("there is more to train", func() bool { return r.S.Status.Steps == 1_000_000 })
	r.S.Training.Start((*session.Session).Train)
	r.Until("it trains", func() bool { return r.S.Status.Running })
	r.page.table.tick(1, true)
	r.page.table.tick(3, true)
	test.Tap(r.page.bar.comparing)
	c := r.page.compare
	r.Until("they are compared", func() bool { return !c.empty.Visible() && len(c.sheets.Objects) == 2 })
	if c.title.Text != "Runs 1 and 3" || !strings.Contains(c.note.Segment.Text, "same latents") {
		t.Errorf("compares %q: %q", c.title.Text, c.note.Segment.Text)
	}
	if !r.S.Status.Running {
		t.Error("training has ended")
	}
	r.S.Training.Pause()
	r.Until("it pauses", func() bool { return !r.S.Status.Running })
}

// TestDuplicate asks for a name and a step, and trains nothing.
func TestDuplicate(t *testing.T) {
	r := newRig(t)
	r.page.table.goTo(0)
	test.Tap(r.page.bar.copying)
	r.Until("it asks", func() bool { return r.Host.Dialog() != nil })
	test.Tap(r.Button("Duplicate"))
	r.shows("tiny copy")
	if l := r.page.table.lines[r.line("tiny copy")]; l.entry.Parent != 1 || l.entry.FromStep != 40 || l.open {
		t.Errorf("the copy is %+v", l.entry.Run)
	}
	r.page.Undo()
	r.Until("the copy is gone", func() bool { return r.line("tiny copy") < 0 })
}

// TestSmaller removes deleted runs for good after asking.
func TestSmaller(t *testing.T) {
	r := newRig(t)
	r.page.table.goTo(1)
	test.Tap(r.page.bar.deleting)
	r.Until("it is deleted", func() bool { return r.page.smaller.Visible() })
	r.Host.Yes = true
	test.Tap(r.page.smaller)
	r.Until("the file is smaller", func() bool { return strings.HasPrefix(r.Said.Text, "The file is ") })
	r.Until("nothing is left to free", func() bool { return !r.page.smaller.Visible() && len(r.page.shown.Deleted) == 0 })
	if undo, redo := r.page.EditLabels(); undo != "" || redo != "" {
		t.Errorf("undo would bring back %q, %q", undo, redo)
	}
	if len(r.Host.Texts) != 1 || !strings.Contains(r.Host.Texts[0], "1 deleted run will be gone for good") {
		t.Errorf("asks %q", r.Host.Texts)
	}
}
