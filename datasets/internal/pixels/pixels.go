// Package pixels does the arithmetic between a picture's file and the picture that a network gets:
// it decodes the usual kind of JPEG and brings pictures to another size. It computes with integers,
// so that every processor and every number of cores gives the same bits. Unusual files, other
// formats, and what a picture should become are left to others.
//
// Kernels stand in plain Go in generic.go. On amd64 they are assembly that needs SSE2 alone, which
// every such processor has.
package pixels

//go:generate go run ./asm -dir .
