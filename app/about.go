package app

import (
	"fmt"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/engine/session"
)

// about says what the program is.
func about(a *App) {
	version := a.options.Version
	if version == "" {
		version = "development"
	}
	text := ui.NewText(fmt.Sprintf("Design, train and explore generative adversarial networks: two networks that play against each other until one of them can draw.\n\n"+
		"Version %s, on %d processors.\nEverything stays on this computer.", version, runtime.NumCPU()))
	where := ui.NewNote("Settings and drafts: " + session.Home())
	box := container.NewVBox(text, where)
	if address := a.options.Releases; address != "" {
		newer := ui.NewText("Newer versions (Ganvas never asks by itself):\n" + address)
		newer.Selectable = true
		box.Add(newer)
	}
	if a.options.Licences != "" {
		box.Add(container.NewCenter(ui.DialogButton("What it contains, and the terms…", nil, func() { showLicences(a) })))
	}
	if icon := a.fyne.Icon(); icon != nil {
		picture := widget.NewIcon(icon)
		box.Objects = append([]fyne.CanvasObject{container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(64), picture))}, box.Objects...)
	}
	a.desk.Inform("Ganvas", ui.WithWidth(420, box))
}

// showKeys lists what keyboard and mouse do.
func showKeys(a *App) {
	rows := [][2]string{
		{"Space", "Train or pause"},
		{"Ctrl+0 … Ctrl+6", "Start, Data, Build, Train, Explore, Judge, Runs"},
		{"Ctrl+Z, Ctrl+Shift+Z", "Undo and redo changes of the recipe; on Explore, moves"},
		{"Ctrl+N, Ctrl+O, Ctrl+S", "New, open, save"},
		{"Ctrl+E, Ctrl+C, Ctrl+,", "Export a gallery; copy the picture of the page; preferences"},
		{"R, Home, Ctrl+D", "On Explore: random, back, save this latent"},
		{"Drag on the picture", "Move along two directions; the wheel moves along a third"},
		{"Arrow keys on the picture", "The same in small steps; with Shift in smaller ones"},
		{"Wheel, drag, legend", "On charts: look closer, move, hide a line"},
		{"Left, Right", "On Judge, in Which is real?: choose one of the two"},
		{"Tab, Enter, Escape", "The next control; presses it; closes a dialog"},
		{"Drop files anywhere", "Projects and recipes are opened, everything else is data"},
	}
	box := container.NewVBox()
	for _, r := range rows {
		box.Add(container.New(ui.Columns{190, 1}, widget.NewLabelWithStyle(r[0], fyne.TextAlignLeading, fyne.TextStyle{Bold: true}), ui.NewLine(r[1])))
	}
	a.desk.Inform("Keyboard and mouse", ui.WithWidth(600, box))
}
