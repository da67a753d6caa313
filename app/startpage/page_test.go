package startpage

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// start shows the page of a program with an example.
func start(t *testing.T) (*uitest.Rig, *Page) {
	t.Helper()
	project := apptest.Project(t, apptest.Digits)
	r := uitest.Start(t, []studio.Example{{Name: "digits", Title: "Digits", Project: func() ([]byte, error) { return os.ReadFile(project) }}})
	page := New(r.S, r.Host)
	r.Show(page)
	return r, page
}

// press chooses the poster with a title by the keyboard.
func press(t *testing.T, in fyne.CanvasObject, title string) {
	t.Helper()
	for _, p := range uitest.FindAll[*widgets.Poster](in) {
		if p.Title() == title {
			p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return
		}
	}
	t.Fatalf("there is no card %q", title)
}

// TestCards leads where each card says, and shows that of lessons once there are some.
func TestCards(t *testing.T) {
	r, page := start(t)
	var went []string
	page.OnWatch = func(x *recipe.Recipe) { went = append(went, x.Name) }
	page.OnPlay = func() { went = append(went, "play") }
	if page.lessons.Visible() {
		t.Error("a card leads to lessons that are not there")
	}
	page.SetLessons(func() { went = append(went, "lessons") })
	for _, title := range []string{"See one learn", "Play with one that has learnt", "Lessons"} {
		press(t, page.Content(), title)
	}
	if want := []string{"ring", "play", "lessons"}; !slices.Equal(went, want) {
		t.Errorf("went to %v, want %v", went, want)
	}
	press(t, page.Content(), "Use my pictures")
	if page.home.Visible() || !page.own.box.Visible() {
		t.Error("one's own pictures do not show")
	}
	page.SetVisible(false)
	page.SetVisible(true)
	if !page.home.Visible() {
		t.Error("coming back does not show the start itself")
	}
	r.Until("the example has invented faces", func() bool { return page.face.Shown() })
}

// TestRecent shows cards of the projects that were open before, without those that are gone.
func TestRecent(t *testing.T) {
	r, page := start(t)
	path := apptest.Project(t, apptest.Points)
	r.S.Memory.AddRecent(path)
	r.S.Memory.AddRecent(filepath.Join(t.TempDir(), "gone.ganvas"))
	var opened string
	page.OnOpen = func(path string) { opened = path }
	page.Refresh()
	r.Until("there are cards", func() bool { return len(page.recent.grid.Objects) > 0 })
	cards := uitest.FindAll[*widgets.DataCard](page.recent.grid)
	if len(cards) != 1 || !page.recent.box.Visible() {
		t.Fatalf("%d cards, want 1", len(cards))
	}
	if cards[0].Tapped(nil); opened != path {
		t.Errorf("opens %q, want %q", opened, path)
	}
	g, err := studio.GlanceAt(path)
	if got, want := g.Text(), "Ring of 8, step 40"; err != nil || got != want {
		t.Errorf("%v: %q, want %q", err, got, want)
	}
}

// TestOwnTable says of a table that it cannot be learnt from, and trains nothing.
func TestOwnTable(t *testing.T) {
	r, page := start(t)
	table := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(table, []byte("name,age,town\nA,1,x\nB,2,y\nC,3,x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	page.OnLearn = func(*recipe.Recipe) { t.Error("a table trains") }
	page.ShowOwn()
	r.Host.Path = table
	for _, b := range uitest.FindAll[*widgets.TippedButton](page.own.box) {
		if b.Text == "File…" {
			test.Tap(b)
		}
	}
	r.Until("it says what there is", func() bool { return page.own.found.Visible() })
	if got := page.own.says.Text; got != "A table of 3 rows in 3 columns." || !strings.Contains(page.own.advice.Segment.Text, "not learnt from") || page.own.wayRow.Visible() {
		t.Errorf("it says %q and %q", got, page.own.advice.Segment.Text)
	}
	test.Tap(page.own.train)
}
