package ui

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
	"ganvas/widgets"
)

// A TimeBar is the time line of the run that is open: what of it is kept, and which step the window
// looks at. It follows the studio.
type TimeBar struct {
	*widgets.Timeline
	s      *studio.Studio
	clouds map[*[2]float32]image.Image // pictures of points, by the first of them
}

// NewTimeBar returns the time line of a studio; plain leaves out the pictures. Others stand behind
// its button.
func NewTimeBar(s *studio.Studio, plain bool, others ...fyne.CanvasObject) *TimeBar {
	b := &TimeBar{Timeline: widgets.NewTimeline(plain, others...), s: s, clouds: make(map[*[2]float32]image.Image)}
	b.OnLook, b.OnNow = s.TimeLine.Look, s.TimeLine.Now
	follow := func(studio.None) { b.show() }
	s.Remarked.On(follow)
	s.Looked.On(follow)
	s.RunChanged.On(func(studio.None) {
		clear(b.clouds)
		b.show()
	})
	s.News.On(func(studio.News) { b.show() })
	b.show()
	return b
}

// show brings the bar to what the studio knows.
func (b *TimeBar) show() {
	t := b.s.TimeLine
	state := widgets.TimelineState{Run: t.Turn, Last: b.s.Status.Step, At: t.At, Empty: "The time line of a run appears here with its first steps"}
	if b.s.Run != nil {
		for i := range t.Moments {
			m := &t.Moments[i]
			state.Marks = append(state.Marks, widgets.TimelineMark{
				Step: m.Step, Picture: b.picture(m), Full: m.Full, Best: m.Best, Branch: len(m.Branches) > 0, Text: branchesText(m.Branches),
			})
		}
	}
	b.Set(state)
}

// picture returns the picture of a moment, nil where there is none yet.
func (b *TimeBar) picture(m *studio.KeptMoment) image.Image {
	if len(m.Points) == 0 {
		return m.Thumb
	}
	first := &m.Points[0]
	if b.clouds[first] == nil {
		b.clouds[first] = GeneratedPicture(nil, m.Points, b.s.Run.Sample()) // large, as the picture is small
	}
	return b.clouds[first]
}

// branchesText says which runs begin at a step.
func branchesText(runs []int64) string {
	switch len(runs) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("Run %d branches off here", runs[0])
	}
	text := fmt.Sprintf("Runs %d", runs[0])
	for _, r := range runs[1:] {
		text += fmt.Sprintf(", %d", r)
	}
	return text + " branch off here"
}
