// Package ckpt keeps a run on disk: the project file (.ganvas), and states of training in the
// safetensors format.
//
// A project file is one SQLite database with a rollback journal: every Save is one transaction that
// is on the disk when it returns, a kill or power cut at any instant leaves what the last Save
// left, and after Close a single file remains. A new project lies under a hidden name until
// Publish, so that its name stands for a whole project or for the one before. Nothing in a file is
// trusted: its schema must be the one that this package makes, and rows have checksums. One writer
// at a time holds it (a lock next to it says so); any number of readers may look in meanwhile. Any
// SQLite tool can read it: the parts of a checkpoint, joined in order, are a .safetensors file.
//
// A program must not open a project file by other means (os.Open) while it has it open here:
// closing such a handle drops the locks that SQLite holds for the whole process.
//
// The package does not know what is in a state or a recipe, and does not decide when to save.
package ckpt
