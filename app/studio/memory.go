package studio

import (
	"errors"

	"ganvas/engine/memory"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// beyondMemory says what training a recipe on data of so many classes would take where that is more
// than the memory that free tells of, nil where it fits. The error is that of free.
func beyondMemory(r *recipe.Recipe, classes int, free func() (int64, error)) (*memory.NotEnough, error) {
	bytes, err := free()
	if err != nil {
		return nil, err
	}
	var more *memory.NotEnough
	errors.As(session.CheckMemory("train", r, classes, bytes, false), &more)
	return more, nil
}
