package lessons

import (
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/lesson"
	"ganvas/widgets"
)

// builtin reads the lessons that are built in, once.
var builtin = sync.OnceValue(lesson.Builtin)

// An Entry is a lesson in a list.
type Entry struct {
	Number         int
	Title, About   string
	Minutes        int
	Reached, Goals int
}

// Entries lists the lessons that are built in, with how far each was played.
func (c *Column) Entries() []Entry {
	var all []Entry
	for i, l := range builtin() {
		e := Entry{Number: i + 1, Title: l.Title, About: l.About, Minutes: l.Minutes}
		e.Reached = len(lesson.NewWatch(l, c.course.kept.Goals(l.Name)).Reached())
		for k := range l.Pages {
			e.Goals += len(l.Pages[k].Goals())
		}
		all = append(all, e)
	}
	return all
}

// ShowList has a lesson chosen.
func (c *Column) ShowList() {
	size := c.host.Window().Canvas().Size()
	rows := container.NewVBox()
	var d *dialog.CustomDialog
	var first *widgets.TippedButton
	for _, e := range c.Entries() {
		label := "Start"
		switch {
		case e.Reached == e.Goals:
			label = "Again"
		case e.Reached > 0:
			label = "Go on"
		}
		open := widgets.TipButton(nil, label, "", func() {
			d.Hide()
			c.OpenBuiltin(e.Number)
		})
		if first == nil && e.Reached < e.Goals {
			first = open
			open.Importance = widget.HighImportance
		}
		mark := widget.NewIcon(nil)
		if e.Reached == e.Goals {
			mark.SetResource(theme.NewSuccessThemedResource(theme.ConfirmIcon()))
		}
		about := ui.NewNote(e.About)
		title := ui.NewSection(fmt.Sprintf("%d  %s", e.Number, e.Title))
		time := ui.NewNoteLine(fmt.Sprintf("%s, %d of %s", words.Counted(e.Minutes, "minute"), e.Reached, words.Counted(e.Goals, "goal")))
		text := container.New(listLayout{}, title, about)
		rows.Add(container.New(ui.Columns{22, 1, 150, 84}, container.NewCenter(mark), text, container.NewCenter(container.New(ui.FixedWidth(150), time)), container.NewCenter(open)))
	}
	file := ui.DialogButton("Open a file…", theme.FolderOpenIcon(), func() {
		d.Hide()
		c.AskFile()
	})
	closing := ui.DialogButton("Close", theme.CancelIcon(), func() { d.Hide() })
	height := max(200, min(520, size.Height-170))
	width := min(720, size.Width-80)
	note := ui.NewNote("A lesson opens a project of its own. What is open now is saved and stays where it is.")
	d = ui.NewDialog("Lessons", container.NewGridWrap(fyne.NewSize(width, height),
		container.NewBorder(note, nil, nil, nil, container.NewVScroll(ui.ClearOfBar(rows)))), c.host.Window())
	ui.SetButtons(d, file, closing)
	c.host.Present(d, ui.Always)
	if first != nil {
		c.host.Window().Canvas().Focus(first)
	}
}

// AskFile has a file with a lesson chosen.
func (c *Column) AskFile() {
	c.host.AskFile("Open a lesson", "lesson", []string{lesson.Extension}, c.OpenFile)
}

// A listLayout puts a text that wraps below a title.
type listLayout struct{}

// Layout is part of fyne.Layout.
func (listLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top := objects[0].MinSize().Height - 2*theme.InnerPadding() + 4
	objects[0].Resize(fyne.NewSize(size.Width, objects[0].MinSize().Height))
	objects[1].Move(fyne.NewPos(0, top))
	objects[1].Resize(fyne.NewSize(size.Width, size.Height-top))
}

// MinSize is part of fyne.Layout.
func (listLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, objects[0].MinSize().Height+theme.TextSize()+theme.InnerPadding())
}
