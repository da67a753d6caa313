package studio

// maxUndo is how many edits can be taken back.
const maxUndo = 200

// A History is the newest value of something that a person edits, and those before and after it.
// Values in it are never written: every edit is a new one. It belongs to the UI goroutine.
type History[T any] struct {
	Now        T
	undo, redo []step[T]
	label      string // of the newest edit, for joining edits of the same knob
}

type step[T any] struct {
	value T
	label string // what the edit away from it (undo) or towards it (redo) did
}

// Reset forgets everything but v.
func (h *History[T]) Reset(v T) { *h = History[T]{Now: v} }

// First returns the value before the oldest edit that can be taken back.
func (h *History[T]) First() T {
	if len(h.undo) > 0 {
		return h.undo[0].value
	}
	return h.Now
}

// Push makes v the newest value. Edits with the same non-empty joinable label that follow each
// other, as a knob makes while it is turned, are taken back at once.
func (h *History[T]) Push(v T, label string, joinable bool) {
	h.redo = nil
	joined := joinable && h.label == label && len(h.undo) > 0
	if !joined {
		h.undo = append(h.undo, step[T]{h.Now, label})
		if len(h.undo) > maxUndo {
			h.undo = h.undo[1:]
		}
	}
	h.label = ""
	if joinable {
		h.label = label
	}
	h.Now = v
}

// Part ends what joins: the next edit is taken back on its own.
func (h *History[T]) Part() { h.label = "" }

// Labels returns what undo and redo would take back and do again, empty where there is nothing.
func (h *History[T]) Labels() (undo, redo string) {
	if n := len(h.undo); n > 0 {
		undo = h.undo[n-1].label
	}
	if n := len(h.redo); n > 0 {
		redo = h.redo[n-1].label
	}
	return undo, redo
}

// Back undoes one edit and returns what it was; false if there is none.
func (h *History[T]) Back() (string, bool) {
	if len(h.undo) == 0 {
		return "", false
	}
	last := h.undo[len(h.undo)-1]
	h.undo = h.undo[:len(h.undo)-1]
	h.redo = append(h.redo, step[T]{h.Now, last.label})
	h.Now, h.label = last.value, ""
	return last.label, true
}

// Forward redoes one edit and returns what it was; false if there is none.
func (h *History[T]) Forward() (string, bool) {
	if len(h.redo) == 0 {
		return "", false
	}
	next := h.redo[len(h.redo)-1]
	h.redo = h.redo[:len(h.redo)-1]
	h.undo = append(h.undo, step[T]{h.Now, next.label})
	h.Now, h.label = next.value, ""
	return next.label, true
}
