package app

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/datasets"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// writeWide writes a picture whose left half is black and whose right half is of a brightness.
func writeWide(t *testing.T, path string, w, h int, right uint8) {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for x := w / 2; x < w; x++ {
		for y := range h {
			img.SetGray(x, y, color.Gray{Y: right - uint8(y)})
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err == nil {
		err = errors.Join(png.Encode(f, img), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// garden opens the window with a folder of 6 pictures in two classes, of which the last is small.
func garden(t *testing.T) *rig {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "garden")
	for i := range 6 {
		class := []string{"leaf", "rose"}[i%2]
		w, h := 60, 30
		if i == 5 {
			w, h = 10, 8
		}
		writeWide(t, filepath.Join(dir, class, fmt.Sprintf("%s%d.png", class, i)), w, h, uint8(80+30*i))
	}
	r := newRig(t, Options{})
	r.show(pageData)
	r.started()
	r.dropped([]fyne.URI{uri(dir)})
	r.until("the folder is listed", func() bool {
		return r.s.Plan.Now().Data == dir && r.s.Data.Set != nil && len(r.data.items.items) == 6 && r.data.prep.original != nil
	})
	return r
}

// names returns the names of the files in the grid, in their order.
func (r *rig) names() []string {
	var names []string
	for _, i := range r.data.items.items {
		name := filepath.Base(datasets.OriginOf(r.s.Data.Whole, i).Name)
		names = append(names, strings.TrimSuffix(name, ".png"))
	}
	return names
}

func TestFindSortAndFilter(t *testing.T) {
	r := garden(t)
	v := r.data.items
	wait := func(what string, want ...string) {
		t.Helper()
		r.until(what, func() bool { return slices.Equal(r.names(), want) })
	}
	wait("all show", "leaf0", "leaf2", "leaf4", "rose1", "rose3", "rose5")
	v.order.SetSelected("Brightest first")
	wait("the brightest comes first", "rose5", "leaf4", "rose3", "leaf2", "rose1", "leaf0")
	v.order.SetSelected("Smallest first")
	wait("the smallest comes first", "rose5", "leaf0", "leaf2", "leaf4", "rose1", "rose3")
	v.class.SetSelected("rose")
	wait("one class shows", "rose5", "rose1", "rose3")
	v.search.SetText("SE3")
	wait("one name shows", "rose3")
	if got := v.count.segment.Text; got != "1 picture of 6" {
		t.Errorf("says %q, want 1 picture of 6", got)
	}
	v.grid.OnTapped(0)
	r.until("it shows large", func() bool { return r.data.prep.name.segment.Text == "rose/rose3.png, 60×30" })
}

func TestBeforeAndAfter(t *testing.T) {
	r := garden(t)
	p := r.data.prep
	left, top, right, bottom, movable := p.before.Part()
	if left != 0.25 || top != 0 || right != 0.75 || bottom != 1 || !movable {
		t.Fatalf("the crop is %g, %g to %g, %g, movable: %v; want the middle of 60×30", left, top, right, bottom, movable)
	}
	p.before.OnMove(0.9, 0) // beyond the edge
	if left, _, right, _, _ := p.before.Part(); left != 0.5 || right != 1 {
		t.Errorf("dragged to %g to %g, want the right half", left, right)
	}
	if got := r.s.Plan.Now().FocusX; got != 0.5 {
		t.Errorf("the plan's focus is %g while dragging, want 0.5", got)
	}
	p.before.OnMoveEnd()
	if got := r.s.Plan.Now(); got.FocusX != 0.75 || got.FocusY != 0.5 {
		t.Errorf("the focus is %g, %g, want 0.75, 0.5", got.FocusX, got.FocusY)
	}
	r.until("all are cropped there", func() bool { return r.s.Data.Set != nil && !r.s.Data.Opening })
	values := make([]float32, 32*32*r.s.Data.Set.Info().Shape[2])
	r.s.Data.Set.Read(2, values)
	if values[0] < 0 { // the right half is bright
		t.Errorf("the first value of the crop is %g, want that of the right half", values[0])
	}
	test.Tap(p.centre)
	if got := r.s.Plan.Now().FocusX; got != 0.5 {
		t.Errorf("the centre is at %g", got)
	}
	p.fit.SetSelected("Pad")
	p.background.SetSelected("Black")
	if got := r.s.Plan.Now(); got.Fit != "pad" || got.Background != "#000000" {
		t.Errorf("fit %q before %q", got.Fit, got.Background)
	}
	if _, _, _, _, movable := p.before.Part(); movable {
		t.Error("a crop that is none can be dragged")
	}
	r.until("all are padded", func() bool { return r.s.Data.Set != nil && !r.s.Data.Opening && r.s.Data.Options.Fit == "pad" })
	r.s.Data.Set.Read(0, values)
	if values[0] != -1 {
		t.Errorf("the margin is %g, want black", values[0])
	}
}

// Of a video's frames one in so many can be taken, where there are frames.
func TestFramesWithAStride(t *testing.T) {
	r := newRig(t, Options{})
	r.show(pageData)
	r.started()
	video, err := filepath.Abs("../datasets/testdata/frames/video.avi")
	if err != nil {
		t.Fatal(err)
	}
	open := func(file string, items int) {
		t.Helper()
		r.dropped([]fyne.URI{uri(file)})
		r.until("the data are listed", func() bool { return r.s.Plan.Now().Data == file && len(r.data.items.items) == items })
	}
	open(video, 6)
	p := r.data.prep
	if !p.strideBox.Visible() || p.stride.Selected != "Every frame" {
		t.Fatalf("%q shown: %v, want every frame", p.stride.Selected, p.strideBox.Visible())
	}
	p.stride.SetSelected("1 frame in 5")
	r.until("two are left", func() bool { return len(r.data.items.items) == 2 })
	if r.s.Plan.Now().Stride != 5 {
		t.Errorf("a stride of %d", r.s.Plan.Now().Stride)
	}
	r.s.Data.SetPreprocessing("stride", "4")
	if p.stride.Selected != "1 frame in 4" {
		t.Errorf("%q, want what was typed", p.stride.Selected)
	}
	sheet, err := filepath.Abs("../datasets/testdata/frames/sprites_8x8.png")
	if err != nil {
		t.Fatal(err)
	}
	open(sheet, 10)
	if p.strideBox.Visible() || r.s.Plan.Now().Stride != 1 {
		t.Errorf("of pictures that do not move %q is shown: %v, a stride of %d", p.stride.Selected, p.strideBox.Visible(), r.s.Plan.Now().Stride)
	}
}

func TestLeaveOutAndBringBack(t *testing.T) {
	r := garden(t)
	v := r.data.items
	set := r.s.Data.Set
	v.grid.OnDelete(1)
	if got := r.s.Data.Set.Len(); got != 5 || r.s.Data.Whole.Len() != 6 {
		t.Fatalf("%d of %d items are left", got, r.s.Data.Whole.Len())
	}
	if r.s.Work.Busy() {
		t.Error("reads the data again")
	}
	r.until("the rest shows", func() bool {
		return slices.Equal(r.names(), []string{"leaf0", "leaf4", "rose1", "rose3", "rose5"}) && r.data.away.Visible()
	})
	if !r.note.Visible() || r.s.Reason != "" {
		t.Errorf("says so: %v; cannot be trained: %q", r.note.Visible(), r.s.Reason)
	}
	r.s.Data.LeaveOut([]int{0, 2, 3, 4})
	if text := r.dialogText(); !strings.Contains(text, "at least 2 are needed") || r.s.Data.Set.Len() != 5 {
		t.Errorf("leaves all but one out, says %q", text)
	}
	r.desk.Dismiss()
	r.s.Data.BringBack([]int{1})
	if r.s.Plan.Now().LeaveOut != "" || r.s.Data.Set.Len() != 6 {
		t.Errorf("%q is left out still", r.s.Plan.Now().LeaveOut)
	}
	r.s.Plan.Undo()
	if r.s.Data.Set.Len() != 5 {
		t.Error("undo does not leave it out again")
	}
	r.s.Plan.Undo()
	if r.s.Data.Set != set {
		t.Error("undo does not bring it back")
	}
	r.s.Plan.Redo()
	r.trainAndReopen(5)
}

// trainAndReopen trains a step of the plan, saves, opens the project again and checks how many
// items it has.
func (r *rig) trainAndReopen(want int) {
	r.t.Helper()
	r.ask.start((*session.Session).StepBoth)
	r.until("a step is done", func() bool { return r.s.Run != nil && r.s.Status.Step == 1 && !r.s.Status.Running })
	path := filepath.Join(r.t.TempDir(), "kept.ganvas")
	r.ask.saveAs()
	r.saveAsPath(path)
	r.until("it is kept", func() bool { return r.s.Run.Session.Path() == path })
	r.newProject()
	r.until("it is closed", func() bool { return r.s.Run == nil && r.s.Data.Set != nil && r.s.Data.Name == "digits" })
	r.openProject(path)
	r.until("it is open again", func() bool { return r.s.Run != nil && r.s.Data.Set != nil })
	if got := r.s.Run.Data.Len(); got != want {
		r.t.Errorf("opened again it has %d items, want %d", got, want)
	}
}

func TestDraw(t *testing.T) {
	r := newRig(t, Options{})
	r.show(pageData)
	r.started()
	r.until("the digits are read", func() bool { return r.s.Data.Set != nil })
	test.Tap(r.data.draw)
	if !r.data.drawing.box.Visible() || !strings.HasPrefix(r.s.Reason, "Draw some points") {
		t.Fatalf("the board shows: %v; %q", r.data.drawing.box.Visible(), r.s.Reason)
	}
	b := r.data.drawing.board
	b.Tool = widgets.Spray
	for i := range 5 {
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if got := len(b.Points()); got != 3*(i+1) || r.s.Data.Set.Len() != got {
			t.Fatalf("stroke %d: %d points on the board, %d to learn from", i, got, r.s.Data.Set.Len())
		}
	}
	if r.s.Reason != "" {
		t.Errorf("cannot be trained: %s", r.s.Reason)
	}
	text := r.s.Plan.Now().Drawn
	r.s.Plan.Undo()
	if got := len(b.Points()); got != 12 || r.s.Data.Set.Len() != 12 {
		t.Errorf("%d points after undo, want 12", got)
	}
	r.s.Plan.Redo()
	if r.s.Plan.Now().Drawn != text || len(b.Points()) != 15 {
		t.Error("redo gives other points")
	}
	r.s.Data.Choose("ring")
	r.until("the ring is read", func() bool { return r.s.Plan.Now().Data == "ring" && r.s.Reason == "" })
	if r.s.Plan.Now().Drawn != "" {
		t.Error("the recipe of the ring has the drawing in it")
	}
	test.Tap(r.data.draw)
	if r.s.Plan.Now().Drawn != text {
		t.Error("the drawing is lost")
	}
	r.trainAndReopen(15)
}

// Every page fits into the smallest window, and the card of the data is in sight.
func TestSmallWindow(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.desk.Win.Resize(fyne.NewSize(1024, 700))
	for i := range r.pages() {
		r.show(pageID(i))
		if got := r.desk.Win.Content().MinSize(); got.Width > 1024 || got.Height > 700 {
			t.Errorf("%s needs %v, want at most 1024×700", pageTitles[i], got)
		}
	}
	r.show(pageData)
	r.data.drawing.choose()
	view, card := r.data.list, r.data.draw
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(card).Y - fyne.CurrentApp().Driver().AbsolutePositionForObject(view).Y
	if view.Offset.Y == 0 || top < 0 || top+card.Size().Height > view.Size().Height {
		t.Errorf("the card of drawn points lies at %v of %v, scrolled by %v; want it in sight", top, view.Size().Height, view.Offset.Y)
	}
	r.s.Plan.Undo()
	if view.Offset.Y != 0 {
		t.Errorf("digits again: scrolled by %v, want to the top", view.Offset.Y)
	}
}

func TestTableIsShown(t *testing.T) {
	file := filepath.Join(t.TempDir(), "people.csv")
	var text strings.Builder
	text.WriteString("id,name,country\n")
	for i := range 30 {
		fmt.Fprintf(&text, "%d,n%d,Iceland\n", i, i%7)
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, Options{})
	r.show(pageData)
	r.started()
	r.dropped([]fyne.URI{uri(file)})
	r.until("the table is read", func() bool { return r.s.Plan.Now().Data == file && r.s.Data.Set != nil })
	if !r.data.table.box.Visible() || r.data.pictures.Visible() || !strings.HasPrefix(r.s.Reason, "A table can be looked at") {
		t.Errorf("the table shows: %v; %q", r.data.table.box.Visible(), r.s.Reason)
	}
	var found []string
	for _, n := range findAll[*note](r.data.health.rows) {
		found = append(found, n.segment.Text)
	}
	if all := strings.Join(found, "\n"); !strings.Contains(all, "one value throughout: country") || !strings.Contains(all, "another value in each row: id") {
		t.Errorf("found %q", all)
	}
}

func TestFindingsHaveRemedies(t *testing.T) {
	r := garden(t)
	h := r.data.health
	tapped := func(row string, button string) {
		t.Helper()
		r.until("there is "+row, func() bool {
			if h.set != r.s.Data.Set {
				return false
			}
			for _, o := range h.rows.Objects {
				if notes := findAll[*note](o); len(notes) == 0 || !strings.Contains(notes[0].segment.Text, row) {
					continue
				}
				for _, b := range findAll[*widgets.TippedButton](o) {
					if b.Text == button {
						test.Tap(b)
						return true
					}
				}
			}
			return false
		})
	}
	tapped("Only 6 pictures", "Mirror")
	if !r.s.Plan.Now().Mirror {
		t.Error("Mirror does not mirror")
	}
	tapped("Only 6 pictures", "To Build")
	if r.page != pageBuild {
		t.Error("To Build does not turn to Build")
	}
	r.show(pageData)
	tapped("was smaller than", "Leave out 1")
	if got := r.s.Data.Set.Len(); got != 5 {
		t.Errorf("%d pictures are left, want 5", got)
	}
}

// Several items that are chosen are left out together.
func TestChooseSeveral(t *testing.T) {
	r := garden(t)
	grid := r.data.items.grid
	grid.Select([]int{1, 2, 4})
	if text := r.data.items.count.segment.Text; !strings.Contains(text, "3 chosen") {
		t.Errorf("it says %q", text)
	}
	want := []int{r.data.items.items[1], r.data.items.items[2], r.data.items.items[4]}
	slices.Sort(want)
	grid.OnDelete(0) // another one than those
	if got := r.s.Data.LeftOut(); len(got) != 1 || slices.Contains(want, got[0]) {
		t.Errorf("%v are left out, want one that was not chosen", got)
	}
	r.s.Plan.Undo()
	r.until("it is back", func() bool { return len(r.data.items.items) == 6 })
	grid.Select([]int{1, 2, 4})
	grid.OnDelete(2)
	if got := r.s.Data.LeftOut(); !slices.Equal(got, want) {
		t.Errorf("%v are left out, want %v", got, want)
	}
}
