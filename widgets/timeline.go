package widgets

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A TimelineMark is a step of a run that is kept.
type TimelineMark struct {
	Step    int64
	Picture image.Image // what was made then, not written again; nil: there is none
	Full    bool        // all of the step is kept
	Best    bool        // it is the best of the run
	Text    string      // what else its tip says, a sentence; may be empty
	Branch  bool        // another run begins here
}

// TimelineState is all that a Timeline shows.
type TimelineState struct {
	Run   int64          // that it is of; another number ends a drag
	Marks []TimelineMark // ascending by step
	Last  int64          // the newest step
	At    int64          // the step that is looked at; negative: the newest
	Empty string         // said in place of a run without marks
}

// now tells whether the newest step is looked at.
func (s *TimelineState) now() bool { return s.At < 0 }

// at is the step that is looked at.
func (s *TimelineState) at() int64 {
	if s.now() {
		return s.Last
	}
	return s.At
}

// steps are those that can be looked at: the marks' and the newest.
func (s *TimelineState) steps() []int64 {
	var steps []int64
	for _, m := range s.Marks {
		if m.Step < s.Last {
			steps = append(steps, m.Step)
		}
	}
	return append(steps, s.Last)
}

// nearest returns the step that can be looked at and is nearest to another.
func (s *TimelineState) nearest(step float64) int64 {
	best := s.Last
	for _, k := range s.steps() {
		if abs64(float64(k)-step) < abs64(float64(best)-step) {
			best = k
		}
	}
	return best
}

func abs64(v float64) float64 { return max(v, -v) }

// mark returns the mark of a step, nil where there is none.
func (s *TimelineState) mark(step int64) *TimelineMark {
	i, ok := slices.BinarySearchFunc(s.Marks, step, func(m TimelineMark, step int64) int { return int(m.Step - step) })
	if !ok {
		return nil
	}
	return &s.Marks[i]
}

// A Timeline shows the whole of a run on one bar, with pictures of the steps that are kept, and
// lets one look at any of them: by dragging, a press, the wheel or the keyboard. The button at its
// end goes back to the newest step. It looks only at steps that are kept, so that everything that
// follows it shows the same step.
type Timeline struct {
	widget.BaseWidget
	OnLook func(step int64) // an earlier step is to be looked at; may be nil
	OnNow  func()           // the newest is; may be nil

	bar *timelineBar
	now *TippedButton
	box *fyne.Container
}

// NewTimeline returns the bar of a run without marks. Behind the button at its end stand others.
// Plain leaves out the pictures.
func NewTimeline(plain bool, others ...fyne.CanvasObject) *Timeline {
	t := &Timeline{}
	t.bar = newTimelineBar(plain, t.look)
	t.now = TipButton(theme.MediaSkipNextIcon(), "Now", "Back to the newest step", t.back)
	buttons := container.NewHBox(append([]fyne.CanvasObject{t.now}, others...)...)
	t.box = container.NewBorder(nil, nil, nil, container.NewCenter(Dense(buttons)), t.bar)
	t.ExtendBaseWidget(t)
	t.Set(TimelineState{At: -1})
	return t
}

// Set shows s, whose slices are not written again. It belongs to the UI goroutine.
func (t *Timeline) Set(s TimelineState) {
	if past := !s.now(); past == t.now.Disabled() {
		t.now.Importance = widget.MediumImportance
		if past {
			t.now.Importance = widget.HighImportance
			t.now.Enable()
		} else {
			t.now.Disable()
		}
	}
	t.bar.set(s)
}

// Bar is what has the keyboard.
func (t *Timeline) Bar() fyne.Focusable { return t.bar }

// look goes to a step that can be looked at.
func (t *Timeline) look(step int64) {
	s := t.bar.state
	if step == s.at() {
		return
	}
	if step >= s.Last {
		t.back()
		return
	}
	s.At = step
	t.Set(s) // at once, whatever becomes of it
	if t.OnLook != nil {
		t.OnLook(step)
	}
}

func (t *Timeline) back() {
	s := t.bar.state
	s.At = -1
	t.Set(s)
	if t.OnNow != nil {
		t.OnNow()
	}
}

// PictureHeight is what pictures take above the least height. With less there are none.
func (t *Timeline) PictureHeight() float32 { return thumbHeight }

// CreateRenderer is part of fyne.Widget.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.box) }
