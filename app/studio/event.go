package studio

import (
	"ganvas/datasets"
	"ganvas/engine/session"
)

// An Event is something that happens in a studio. It belongs to the goroutine of Options.Do.
type Event[T any] struct{ listeners []func(T) }

// On has f called whenever the event happens, after those that were there before.
func (e *Event[T]) On(f func(T)) { e.listeners = append(e.listeners, f) }

// Emit has the event happen.
func (e *Event[T]) Emit(v T) {
	for _, f := range e.listeners {
		f(v)
	}
}

// None is what events carry that say everything by happening.
type None = struct{}

// Events are all that a studio has to say. They happen on the goroutine of Options.Do.
type Events struct {
	Changed    Event[None]            // the plan, the data, the run, or what is known of them
	Measured   Event[None]            // what the plan costs, or that it is being measured
	Reading    Event[Reading]         // data begin to be read
	RunChanged Event[None]            // another run is there, the same one anew, or none
	Began      Event[*Run]            // a run is there whose goroutines may begin
	SetToWork  Event[None]            // a run begins to train, or takes a step
	News       Event[News]            // of the run
	Remarked   Event[None]            // the moments of the run that can be looked at are others
	Looked     Event[None]            // another step of the run is looked at: TimeLine.At
	Related    Event[None]            // the runs beside the one that is open, in TimeLine.Relatives, are others
	Recalled   Event[Past]            // what was made at the step that is looked at
	Charted    Event[session.History] // the metrics of the run have grown
	Saved      Event[None]            // the run was saved, or that was tried
	Announced  Event[string]          // what is about to be opened; "": nothing
	Remembered Event[None]            // what is remembered has changed: recent projects, saving energy
	Said       Event[Message]         // something to be read beside the work; an empty one takes the last away
	Visited    Event[Visit]           // a picture was opened: where it was made is to be shown
	Failed     Event[error]           // something that was asked for could not be done
	Asked      Event[Question]        // something only a person can decide
}

// Reading names data that begin to be read.
type Reading struct {
	Name    string
	Options datasets.Options
}

// News is a snapshot of the run, with what has changed since the one before.
type News struct {
	session.Snapshot
	Turned bool // training has begun or ended
	Failed bool // training has stopped by itself
}

// A Message says what happened and offers what can be done about it.
type Message struct {
	Text    string
	Warning bool
	Choices []Choice
}

// A Choice is one button of a message.
type Choice struct {
	Title string
	Do    func()
}

// A Question is one of WantsCells, WantsConsent, WantsData, WantsWholeDisk, WantsProject and
// WantsRuns.
type Question interface{ question() }

// WantsCells is asked of data that are a single picture: how large the cells are that it is to be
// cut into.
type WantsCells struct {
	Data string         // the picture's path
	Cut  func(side int) // goes on with cells of so many pixels a side
}

// WantsConsent is asked before the data of a project from elsewhere are read.
type WantsConsent struct {
	Opening Opening
	Data    *session.ForeignDataError
}

// WantsData is asked of a project whose data are gone or have changed.
type WantsData struct {
	Opening Opening
	Data    *session.DataError
}

// WantsWholeDisk is asked before a whole disk or a home folder is read as data.
type WantsWholeDisk struct {
	Data *session.ForeignDataError
	Read func() // goes on
}

// WantsProject is asked of a picture whose project is none of those that are known.
type WantsProject struct{ Picture MadePicture }

// WantsRuns is asked for a list of the runs of the project.
type WantsRuns struct{}

func (WantsRuns) question()      {}
func (WantsCells) question()     {}
func (WantsConsent) question()   {}
func (WantsData) question()      {}
func (WantsProject) question()   {}
func (WantsWholeDisk) question() {}
