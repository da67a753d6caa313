package datapage

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/datasets"
)

// A rig is the page of a studio whose data are the digits.
type rig struct {
	*uitest.Rig
	*Page
	*picturesView
	*findings
	points *pointsView
	table  *tableView
	t      *testing.T
	built  int // how often the page has turned to the networks
	used   int // how often it has turned to itself
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{Rig: uitest.Start(t, nil), t: t}
	r.Page = New(r.S, r.Host)
	r.findings = r.Page.findings
	r.picturesView = r.views[datasets.Pictures].(*picturesView)
	r.points, r.table = r.views[datasets.Points].(*pointsView), r.views[datasets.Table].(*tableView)
	r.OnBuild, r.OnUse = func() { r.built++ }, func() { r.used++ }
	r.Show(r.Page)
	r.Ready(apptest.Digits)
	return r
}

// found are the lines of the health report.
func (r *rig) found() []string {
	var lines []string
	for _, n := range uitest.FindAll[*ui.Note](r.health.rows) {
		lines = append(lines, n.Segment.Text)
	}
	return lines
}

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

// garden shows a folder of 6 pictures in two classes, of which the last is small.
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
	r := newRig(t)
	r.S.Data.Choose(dir)
	r.Until("the folder is listed", func() bool {
		return r.S.Plan.Now().Data == dir && r.S.Data.Set != nil && len(r.items.items) == 6 && r.prep.original != nil
	})
	return r
}

// testdata returns a file or folder of the tests of datasets.
func testdata(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "datasets", "testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// names returns the names of the files in the grid, in their order.
func (r *rig) names() []string {
	var names []string
	for _, i := range r.items.items {
		name := filepath.Base(datasets.OriginOf(r.S.Data.Whole, i).Name)
		names = append(names, name[:len(name)-len(filepath.Ext(name))])
	}
	return names
}
