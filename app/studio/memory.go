package studio

import (
	"errors"

	"ganvas/app/words"

	"ganvas/engine/memory"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// beyondMemory says in one sentence why training a recipe on data of so many classes does not fit
// into the memory that free tells of; it is empty where it fits.
func beyondMemory(r *recipe.Recipe, classes int, free func() (int64, error)) string {
	bytes, err := free()
	if err == nil {
		err = session.CheckMemory("train", r, classes, bytes, false)
	}
	var more *memory.NotEnough
	switch {
	case errors.As(err, &more):
		return "Training " + more.Reason()
	case err != nil:
		return words.Sentence(err.Error())
	}
	return ""
}
