package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/engine/session"
)

// The window asks for data that were moved, and says of data that have changed what has.
func TestQuestionsAboutData(t *testing.T) {
	r := newRig(t, Options{})
	dir := filepath.Join(t.TempDir(), "garden")
	for i := range 6 {
		apptest.WritePicture(t, filepath.Join(dir, fmt.Sprint(i, ".png")), 9+i)
	}
	path := apptest.Project(t, fmt.Sprintf(apptest.Folder, dir))
	gone := &session.DataError{Project: path, Data: dir, Err: &os.PathError{Op: "open", Path: dir, Err: os.ErrNotExist}}
	r.ask.answer(studio.WantsData{Opening: studio.Opening{Path: path}, Data: gone})
	if text := r.dialogText(); !strings.Contains(text, "Where are the data of made.ganvas?") || !strings.Contains(text, dir) {
		t.Errorf("asks %q", text)
	}
	r.desk.Dismiss()

	apptest.WritePicture(t, filepath.Join(dir, "new.png"), 20)
	r.openProject(path)
	r.until("it is said what has changed", func() bool { return r.desk.Win.Canvas().Overlays().Top() != nil })
	if text := r.dialogText(); !strings.Contains(text, "7 items instead of 6; 1 file is new (new.png)") {
		t.Errorf("says %q", text)
	}
	test.Tap(r.button("Go on with them"))
	r.until("the project is open", func() bool { return r.s.Run != nil && r.s.Status.Step == 3 })
	if got := r.s.Run.Data.Len(); got != 7 {
		t.Errorf("goes on with %d pictures, want 7", got)
	}
}
