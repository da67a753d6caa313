package app

import (
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
)

// TestKindsInTheWindow trains two generators on digits with classes: the sheet has a row for each
// class, the form follows what is set, and Explore draws the class and the generator that are
// picked.
func TestKindsInTheWindow(t *testing.T) {
	r := readyRig(t, strings.Replace(apptest.Digits, "batch = 4", "batch = 4\ngenerators = 2", 1))
	r.build.set("conditional", "classifier")
	if now := r.s.Plan.Now(); now.Labels != "folder" || now.Conditional != "classifier" {
		t.Fatalf("labels %q, conditional %q: want folder, classifier", now.Labels, now.Conditional)
	}
	r.show(pageBuild)
	if !r.build.players.Visible() || r.build.form.rows["labelled"].Visible() {
		t.Error("two generators are not drawn, or known labels are asked for")
	}
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	r.show(pageTrain)
	sheet := r.train.shownSheet
	if sheet == nil || !sheet.ByClass || sheet.Rows != 10 {
		t.Fatalf("the sheet is %+v, want a row for each of ten classes", sheet)
	}
	if latent, class, part := placeOf(sheet, 3*sheet.Columns+5, 2); latent != 5 || class != 3 || part != 1 {
		t.Errorf("the sixth picture of the fourth row is latent %d, class %d, generator %d: want 5, 3, 1", latent, class, part)
	}
	r.show(pageExplore)
	p := r.explore
	r.until("a picture shows", func() bool { return p.ready && p.pins.current != nil })
	if !p.choice.parts[0].Visible() || !p.choice.parts[1].Visible() || len(p.choice.class.Options) != 10 || len(p.choice.maker.Options) != 2 {
		t.Fatalf("classes %q, generators %q", p.choice.class.Options, p.choice.maker.Options)
	}
	r.train.explore(3*sheet.Columns + 5)
	if class, part := p.choice.chosen(); class != 3 || part != 1 {
		t.Errorf("explored class %d, generator %d: want 3, 1", class, part)
	}
	for _, s := range []func(){func() { p.choice.class.SetSelectedIndex(7) }, func() { p.choice.maker.SetSelectedIndex(0) }} {
		last := p.pins.current
		s()
		r.until("another picture shows", func() bool { return p.pins.current != last })
	}
	p.pins.pin(0)
	p.choice.choose(2, 1)
	p.pins.tapped(0)
	if class, part := p.choice.chosen(); class != 7 || part != 0 {
		t.Errorf("back at the pin: class %d, generator %d, want 7, 0", class, part)
	}
	r.exportGallery()
	if g := maker(r.s.Run, true, 4); !g.Chosen() || maker(r.s.Run, true, -1).Chosen() {
		t.Error("a gallery of a class is not of the class, or one of all is")
	}
}
