package app

import "ganvas/engine/recipe"

// maxUndo is how many edits can be taken back.
const maxUndo = 200

// A history is the recipe that Build shows and the whole recipes before and after it. Recipes in it are never written:
// every edit is a new one. It belongs to the UI goroutine.
type history struct {
	now        *recipe.Recipe
	undo, redo []step
	label      string // of the newest edit, for joining edits of the same knob
}

type step struct {
	recipe *recipe.Recipe
	label  string // what the edit away from it (undo) or towards it (redo) did
}

// reset forgets everything but r.
func (h *history) reset(r *recipe.Recipe) { *h = history{now: r} }

// push makes r the newest recipe. Edits with the same non-empty joinable label that follow each other, as a knob makes
// while it is turned, are taken back at once.
func (h *history) push(r *recipe.Recipe, label string, joinable bool) {
	h.redo = nil
	joined := joinable && h.label == label && len(h.undo) > 0
	if !joined {
		h.undo = append(h.undo, step{h.now, label})
		if len(h.undo) > maxUndo {
			h.undo = h.undo[1:]
		}
	}
	h.label = ""
	if joinable {
		h.label = label
	}
	h.now = r
}

// back undoes one edit and returns what it was; false if there is none.
func (h *history) back() (string, bool) {
	if len(h.undo) == 0 {
		return "", false
	}
	last := h.undo[len(h.undo)-1]
	h.undo = h.undo[:len(h.undo)-1]
	h.redo = append(h.redo, step{h.now, last.label})
	h.now, h.label = last.recipe, ""
	return last.label, true
}

// forward redoes one edit and returns what it was; false if there is none.
func (h *history) forward() (string, bool) {
	if len(h.redo) == 0 {
		return "", false
	}
	next := h.redo[len(h.redo)-1]
	h.redo = h.redo[:len(h.redo)-1]
	h.undo = append(h.undo, step{h.now, next.label})
	h.now, h.label = next.recipe, ""
	return next.label, true
}
