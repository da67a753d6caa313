package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/settings"
	"ganvas/app/ui/uitest"
	"ganvas/datasets"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// The preferences show what is kept, limit it and clear it.
func TestSettings(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	cache := datasets.NewCache(session.CacheDir())
	showSettings(&settingsDialog{app: r.App})
	dialog := func(want string) {
		t.Helper()
		r.until("the preferences say "+want, func() bool { return strings.Contains(r.dialogText(), want) })
	}
	dialog("nothing")
	r.desk.Dismiss()
	if err := cache.SetLimit(123_456_789); err != nil { // as the command line may
		t.Fatal(err)
	}
	s := &settingsDialog{app: r.App}
	showSettings(s)
	r.until("the limit is shown", func() bool { return s.limit.Selected == "123 MB" })
	s.limit.SetSelected("50 GiB")
	r.until("the limit is set", func() bool { return !s.busy && cache.Limit() == 50<<30 })
	s.limit.SetSelected("keep nothing")
	r.until("nothing is kept", func() bool { return !s.busy && cache.Limit() == 0 })
	if !s.clear.Disabled() {
		t.Error("an empty cache can be cleared")
	}
}

// TestPlainPictures: the preferences say whether pictures remember how they were made.
func TestPlainPictures(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	for _, plain := range []bool{true, false} {
		showSettings(&settingsDialog{app: r.App})
		checks := uitest.FindAll[*widgets.Check](r.desk.Win.Canvas().Overlays().Top())
		c := checks[len(checks)-1]
		if c.Text != "Pictures remember how they were made" || c.Checked != plain {
			t.Errorf("%q is ticked: %v, want %v", c.Text, c.Checked, plain)
		}
		test.Tap(c)
		if got := r.prefs.Bool(settings.PlainPictures); got != plain {
			t.Errorf("pictures are plain: %v, want %v", got, plain)
		}
		r.desk.Dismiss()
	}
}
