/* Programs that this one starts are carried too, whatever environment it gives them. */
#pragma once

/* Notes the library's own variables, once, before the program can change them. */
void exec_remember(void);
